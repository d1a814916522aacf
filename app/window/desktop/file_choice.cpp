#include "window/desktop/file_choice.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <optional>
#include <sstream>

#include "window/accessible/held.h"
#include "window/desktop/program.h"

namespace sipdex::window {

namespace {

using Chosen = Outside::Chosen;
using Outcome = Chosen::Outcome;

constexpr const char* portal = "org.freedesktop.portal.Desktop";
constexpr const char* request_interface = "org.freedesktop.portal.Request";
constexpr int patience = 5000;  // milliseconds until the portal says that it has heard the question

// Its signals come to a context of this thread alone.
class ContextOfThread {
public:
    ContextOfThread() : context_(g_main_context_new()) { g_main_context_push_thread_default(context_.get()); }
    ~ContextOfThread() { g_main_context_pop_thread_default(context_.get()); }
    ContextOfThread(const ContextOfThread&) = delete;
    ContextOfThread& operator=(const ContextOfThread&) = delete;
    GMainContext* get() const { return context_.get(); }

private:
    Held<GMainContext> context_;
};

struct Answer {
    GMainLoop* loop = nullptr;
    Chosen chosen{Outcome::cancelled, {}};
};

// (ua{sv}): 0 and "uris", or why there are none.
void take_response(GDBusConnection*, const char*, const char*, const char*, const char*, GVariant* parameters,
                   gpointer data) {
    auto& answer = *static_cast<Answer*>(data);
    guint32 refused = 0;
    GVariant* results = nullptr;
    g_variant_get(parameters, "(u@a{sv})", &refused, &results);
    const Held<GVariant> held(results);
    if (refused == 0)
        if (const Held<GVariant> uris(g_variant_lookup_value(results, "uris", G_VARIANT_TYPE_STRING_ARRAY)); uris) {
            GVariantIter each;
            g_variant_iter_init(&each, uris.get());
            for (const char* uri = nullptr; g_variant_iter_next(&each, "&s", &uri);)
                if (const Held<char> file(g_filename_from_uri(uri, nullptr, nullptr)); file)
                    answer.chosen.files.emplace_back(file.get());
        }
    if (!answer.chosen.files.empty()) answer.chosen.outcome = Outcome::chosen;
    g_main_loop_quit(answer.loop);
}

// The portal is gone, and its dialog with it.
void take_loss(GDBusConnection*, const char*, gpointer data) { g_main_loop_quit(static_cast<Answer*>(data)->loop); }

GVariant* options_of(const Outside::Question& question, const std::string& token) {
    GVariantBuilder options, filters;
    g_variant_builder_init(&options, G_VARIANT_TYPE_VARDICT);
    g_variant_builder_add(&options, "{sv}", "handle_token", g_variant_new_string(token.c_str()));
    g_variant_builder_add(&options, "{sv}", "multiple", g_variant_new_boolean(TRUE));
    g_variant_builder_init(&filters, G_VARIANT_TYPE("a(sa(us))"));
    const auto add = [&](const std::string& name, const std::vector<std::string>& patterns) {
        GVariantBuilder globs;
        g_variant_builder_init(&globs, G_VARIANT_TYPE("a(us)"));
        for (const std::string& pattern : patterns) g_variant_builder_add(&globs, "(us)", 0u, pattern.c_str());
        g_variant_builder_add(&filters, "(sa(us))", name.c_str(), &globs);
    };
    add(question.kind, question.patterns);
    add(question.all, {"*"});
    g_variant_builder_add(&options, "{sv}", "filters", g_variant_builder_end(&filters));
    return g_variant_builder_end(&options);
}

// "/org/freedesktop/portal/desktop/request/1_42/sipdex1", where the answer to a question of this token comes from.
std::string request_path(GDBusConnection* bus, const std::string& token) {
    std::string sender = g_dbus_connection_get_unique_name(bus);
    sender.erase(0, 1);
    for (char& c : sender)
        if (c == '.') c = '_';
    return "/org/freedesktop/portal/desktop/request/" + sender + "/" + token;
}

// Nothing where there is no portal.
std::optional<Chosen> by_portal(const Outside::Question& question) {
    static std::atomic<unsigned> questions = 0;
    const ContextOfThread context;
    const Held<GDBusConnection> bus(g_bus_get_sync(G_BUS_TYPE_SESSION, nullptr, nullptr));
    if (!bus) return std::nullopt;
    g_dbus_connection_set_exit_on_close(bus.get(), FALSE);  // the window stays when the bus goes
    const Held<GMainLoop> loop(g_main_loop_new(context.get(), FALSE));
    Answer answer{loop.get()};
    const std::string token = "sipdex" + std::to_string(++questions);
    const auto listen = [&](const std::string& path) {
        return g_dbus_connection_signal_subscribe(bus.get(), portal, request_interface, "Response", path.c_str(),
                                                  nullptr, G_DBUS_SIGNAL_FLAGS_NONE, take_response, &answer, nullptr);
    };
    const std::string expected = request_path(bus.get(), token);
    const guint first = listen(expected);
    const Held<GVariant> reply(g_dbus_connection_call_sync(
        bus.get(), portal, "/org/freedesktop/portal/desktop", "org.freedesktop.portal.FileChooser", "OpenFile",
        g_variant_new("(ss@a{sv})", "", question.title.c_str(), options_of(question, token)), G_VARIANT_TYPE("(o)"),
        G_DBUS_CALL_FLAGS_NONE, patience, nullptr, nullptr));
    std::optional<Chosen> chosen;
    if (reply) {
        const char* path = nullptr;
        g_variant_get(reply.get(), "(&o)", &path);
        const guint second = path == expected ? 0 : listen(path);  // old portals have their own names
        const guint watched = g_bus_watch_name_on_connection(bus.get(), portal, G_BUS_NAME_WATCHER_FLAGS_NONE, nullptr,
                                                             take_loss, &answer, nullptr);
        g_main_loop_run(loop.get());
        g_bus_unwatch_name(watched);
        if (second) g_dbus_connection_signal_unsubscribe(bus.get(), second);
        chosen = answer.chosen;
    }
    g_dbus_connection_signal_unsubscribe(bus.get(), first);
    return chosen;
}

// Nothing where the program is not installed. It prints a path a line and ends with 0, or with 1 where none was chosen.
std::optional<Chosen> by_program(const std::vector<std::string>& words) {
    int ends[2], silence = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    if (pipe2(ends, O_CLOEXEC) != 0) return std::nullopt;
    pid_t child = 0;
    const int failed = start_program(words, {ends[1], silence}, child);
    close(ends[1]);
    close(silence);
    std::string said;
    char octets[4096];
    if (!failed)
        for (ssize_t got = 0; (got = ::read(ends[0], octets, sizeof octets)) > 0;)
            said.append(octets, std::size_t(got));
    close(ends[0]);
    if (failed) return std::nullopt;
    int status = 0;
    waitpid(child, &status, 0);
    constexpr int not_chosen = 1;
    // Without a display it ends as without a choice; anything else is no answer.
    if (!WIFEXITED(status) || WEXITSTATUS(status) > not_chosen) return std::nullopt;
    Chosen chosen{Outcome::cancelled, {}};
    if (WEXITSTATUS(status) == 0) {
        std::istringstream lines(said);
        for (std::string line; std::getline(lines, line);)
            if (!line.empty()) chosen.files.push_back(line);
    }
    if (!chosen.files.empty()) chosen.outcome = Outcome::chosen;
    return chosen;
}

}  // namespace

Chosen choose_files(const Outside::Question& question) {
    if (auto chosen = by_portal(question)) return *chosen;
    std::string patterns;
    for (const std::string& pattern : question.patterns) patterns += (patterns.empty() ? "" : " ") + pattern;
    if (auto chosen =
            by_program({"zenity", "--file-selection", "--multiple", "--separator=\n", "--title=" + question.title,
                        "--file-filter=" + question.kind + " | " + patterns, "--file-filter=" + question.all + " | *"}))
        return *chosen;
    if (auto chosen =
            by_program({"kdialog", "--title", question.title, "--multiple", "--separate-output", "--getopenfilename",
                        ".", question.kind + " (" + patterns + ")\n" + question.all + " (*)"}))
        return *chosen;
    return {Outcome::no_dialog, {}};
}

}  // namespace sipdex::window
