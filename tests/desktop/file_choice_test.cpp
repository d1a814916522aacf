// What chooses files: the desktop's portal, else zenity, else kdialog, each played here by somebody who answers as told.
#include "window/desktop/file_choice.h"

#include <doctest/doctest.h>
#include <gio/gio.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <thread>

#include "desktop/listener.h"
#include "desktop/running.h"
#include "support/text.h"

namespace sipdex::test {

namespace {

using namespace std::chrono_literals;
using window::Outside;
using Outcome = Outside::Chosen::Outcome;

constexpr const char* chooser = R"(<node><interface name="org.freedesktop.portal.FileChooser">
<method name="OpenFile"><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
<arg type="o" direction="out"/></method></interface></node>)";

// A portal on the session's bus. It answers a moment after it was asked, as a person would.
class Portal {
public:
    enum class Manner { chooses, cancels, dies, names_requests_its_own_way };

    Portal(const Session& session, Manner manner, std::vector<std::string> uris)
        : manner_(manner), uris_(std::move(uris)), thread_([this, address = session.address()] { serve(address); }) {
        while (!ready_) std::this_thread::sleep_for(10ms);
    }
    ~Portal() {
        g_main_loop_quit(loop_);
        thread_.join();
        g_main_loop_unref(loop_);
    }
    Portal(const Portal&) = delete;
    Portal& operator=(const Portal&) = delete;

    std::string title() const { return title_; }
    std::string filters() const { return filters_; }

private:
    static void asked(GDBusConnection*, const char* sender, const char*, const char*, const char*, GVariant* given,
                      GDBusMethodInvocation* call, gpointer data) {
        Portal& portal = *static_cast<Portal*>(data);
        const char *parent = nullptr, *title = nullptr, *token = nullptr;
        GVariant* options = nullptr;
        g_variant_get(given, "(&s&s@a{sv})", &parent, &title, &options);
        portal.title_ = title;
        g_variant_lookup(options, "handle_token", "&s", &token);
        if (GVariant* filters = g_variant_lookup_value(options, "filters", nullptr)) {
            char* text = g_variant_print(filters, FALSE);
            portal.filters_ = text;
            g_free(text);
            g_variant_unref(filters);
        }
        std::string path = std::string(sender).substr(1);
        for (char& c : path)
            if (c == '.') c = '_';
        path = "/org/freedesktop/portal/desktop/request/" + path + "/" +
               (portal.manner_ == Manner::names_requests_its_own_way ? "t1"
                : token                                              ? token
                                                                     : "none");
        g_variant_unref(options);
        g_dbus_method_invocation_return_value(call, g_variant_new("(o)", path.c_str()));
        portal.request_ = path;
        portal.asker_ = sender;
        GSource* later = g_timeout_source_new(300);
        g_source_set_callback(
            later, [](gpointer self) { return static_cast<Portal*>(self)->answer(); }, data, nullptr);
        g_source_attach(later, g_main_context_get_thread_default());
        g_source_unref(later);
    }

    gboolean answer() {
        if (manner_ == Manner::dies) {
            g_bus_unown_name(name_);
            name_ = 0;
            return G_SOURCE_REMOVE;
        }
        GVariantBuilder results, uris;
        g_variant_builder_init(&results, G_VARIANT_TYPE_VARDICT);
        g_variant_builder_init(&uris, G_VARIANT_TYPE_STRING_ARRAY);
        for (const std::string& uri : uris_) g_variant_builder_add(&uris, "s", uri.c_str());
        g_variant_builder_add(&results, "{sv}", "uris", g_variant_builder_end(&uris));
        g_dbus_connection_emit_signal(
            bus_, asker_.c_str(), request_.c_str(), "org.freedesktop.portal.Request", "Response",
            g_variant_new("(ua{sv})", manner_ == Manner::cancels ? 1u : 0u, &results), nullptr);
        return G_SOURCE_REMOVE;
    }

    void serve(const std::string& address) {
        GMainContext* context = g_main_context_new();
        g_main_context_push_thread_default(context);
        loop_ = g_main_loop_new(context, FALSE);
        bus_ =
            g_dbus_connection_new_for_address_sync(address.c_str(),
                                                   GDBusConnectionFlags(G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                                        G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION),
                                                   nullptr, nullptr, nullptr);
        GDBusNodeInfo* info = g_dbus_node_info_new_for_xml(chooser, nullptr);
        GDBusInterfaceVTable table{};
        table.method_call = asked;
        g_dbus_connection_register_object(bus_, "/org/freedesktop/portal/desktop", info->interfaces[0], &table, this,
                                          nullptr, nullptr);
        name_ = g_bus_own_name_on_connection(
            bus_, "org.freedesktop.portal.Desktop", G_BUS_NAME_OWNER_FLAGS_NONE,
            [](GDBusConnection*, const char*, gpointer self) { static_cast<Portal*>(self)->ready_ = true; }, nullptr,
            this, nullptr);
        g_main_loop_run(loop_);
        if (name_) g_bus_unown_name(name_);
        g_dbus_node_info_unref(info);
        g_dbus_connection_close_sync(bus_, nullptr, nullptr);
        g_object_unref(bus_);
        g_main_context_pop_thread_default(context);
        g_main_context_unref(context);
    }

    Manner manner_;
    std::vector<std::string> uris_;
    std::atomic<bool> ready_ = false;
    GMainLoop* loop_ = nullptr;
    GDBusConnection* bus_ = nullptr;
    guint name_ = 0;
    std::string title_, filters_, request_, asker_;
    std::thread thread_;
};

// What this process has in its environment until the scope is left.
class Having {
public:
    Having(const char* name, const std::string& value) : name_(name) {
        if (const char* before = std::getenv(name)) before_ = before;
        setenv(name, value.c_str(), 1);
    }
    ~Having() { before_ ? setenv(name_, before_->c_str(), 1) : unsetenv(name_); }
    Having(const Having&) = delete;
    Having& operator=(const Having&) = delete;

private:
    const char* name_;
    std::optional<std::string> before_;
};

Outside::Chosen ask() { return window::choose_files({"Open a capture", "Captures", "All files", {"*.pcap", "*.log"}}); }

void write_program(const TemporaryFolder& folder, const std::string& name, const std::string& lines) {
    const auto file = folder.write(name, "#!/bin/sh\n" + lines);
    std::filesystem::permissions(file, std::filesystem::perms::owner_all);
}

}  // namespace

TEST_CASE("the desktop's portal is asked for files, and its answer is waited for") {
    if (const std::string why = no_accessibility_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(640, 480);
    const Session session(screen);
    const TemporaryFolder programs;  // a dialog of the second choice, which must not come
    write_program(programs, "zenity", "echo /tmp/from-zenity.pcap\n");
    const Having bus("DBUS_SESSION_BUS_ADDRESS", session.address());
    const Having path("PATH", programs.path().string() + ":/usr/bin:/bin");
    const std::vector<std::string> uris{"file:///srv/traces/r%C3%A9seau%20du%20matin.pcap", "file:///srv/traces/b.log"};
    const std::vector<std::string> files{"/srv/traces/réseau du matin.pcap", "/srv/traces/b.log"};

    SUBCASE("it chooses") {
        const Portal portal(session, Portal::Manner::chooses, uris);
        const Outside::Chosen chosen = ask();
        CHECK(chosen.outcome == Outcome::chosen);
        CHECK(chosen.files == files);
        CHECK(portal.title() == "Open a capture");
        CHECK(portal.filters() == "[('Captures', [(0, '*.pcap'), (0, '*.log')]), ('All files', [(0, '*')])]");
    }
    SUBCASE("it is an old one, which names requests its own way") {
        const Portal portal(session, Portal::Manner::names_requests_its_own_way, uris);
        CHECK(ask().files == files);
    }
    SUBCASE("the person thinks better of it") {
        const Portal portal(session, Portal::Manner::cancels, {});
        CHECK(ask().outcome == Outcome::cancelled);
    }
    SUBCASE("the portal goes while it is asked") {
        const Portal portal(session, Portal::Manner::dies, {});
        CHECK(ask().outcome == Outcome::cancelled);
    }
    SUBCASE("a file on another machine is none that can be read") {
        const Portal portal(session, Portal::Manner::chooses, {"sftp://192.0.2.1/trace.pcap"});
        CHECK(ask().files.empty());
    }
}

TEST_CASE("where there is no portal, zenity or kdialog asks; where there is neither, that is said") {
    const TemporaryFolder programs;
    const std::string said = (programs.path() / "said").string();
    const Having bus("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + (programs.path() / "no-bus").string());
    const Having path("PATH", programs.path().string());
    CHECK(ask().outcome == Outcome::no_dialog);

    write_program(programs, "kdialog",
                  "printf '%s\\n' \"$@\" >" + said + "\nprintf '/srv/k one.pcap\\n/srv/k2.pcap\\n'\n");
    const Outside::Chosen by_kdialog = ask();
    CHECK(by_kdialog.outcome == Outcome::chosen);
    CHECK(by_kdialog.files == std::vector<std::string>{"/srv/k one.pcap", "/srv/k2.pcap"});
    CHECK(content_of(said).find("Captures (*.pcap *.log)\nAll files (*)") != std::string::npos);

    write_program(programs, "zenity",
                  "printf '%s\\n' \"$@\" >" + said + "\nprintf '/srv/z one.pcap\\n/srv/z2.log\\n'\n");
    const Outside::Chosen by_zenity = ask();
    CHECK(by_zenity.outcome == Outcome::chosen);
    CHECK(by_zenity.files == std::vector<std::string>{"/srv/z one.pcap", "/srv/z2.log"});
    CHECK(content_of(said).find("--file-filter=Captures | *.pcap *.log") != std::string::npos);

    write_program(programs, "zenity", "exit 1\n");
    CHECK(ask().outcome == Outcome::cancelled);
    write_program(programs, "zenity", "echo 'no display' >&2\nexit 255\n");  // it could not ask
    CHECK(ask().files == by_kdialog.files);
}

TEST_CASE("Ctrl+O has the desktop ask for a file, and shows what it was given though no key follows") {
    if (const std::string why = no_window_here() + no_accessibility_here(); !why.empty()) {
        MESSAGE("skipped: ", why);
        return;
    }
    const Screen screen(1280, 800);
    const TemporaryFolder home;
    const Session session(screen);
    const auto log = home.write("from the phone.txt", "SIP/2.0 488 Not Acceptable Here\r\nCSeq: 11232 INVITE\r\n\r\n");
    const Portal portal(session, Portal::Manner::chooses,
                        {"file://" + log.parent_path().string() + "/from%20the%20phone.txt"});
    Running sipdex(screen, home.path(), {{}, {{"DBUS_SESSION_BUS_ADDRESS", session.address()}}});
    sipdex.key("ctrl+o");
    sipdex.until("the file is shown", saying("from the phone.txt"));
    CHECK(sipdex.quit() == 0);
}

}  // namespace sipdex::test
