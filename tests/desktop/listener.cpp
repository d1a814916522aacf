#include "desktop/listener.h"

#include <doctest/doctest.h>
#include <gio/gio.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "support/text.h"
#include "window/accessible/held.h"

namespace sipdex::test {

namespace {

using namespace std::chrono_literals;

using Value = window::Held<GVariant>;
using Connection = window::Held<GDBusConnection>;

constexpr int answered_within = 15'000;  // milliseconds, on a busy machine
constexpr const char* root = "/org/a11y/atspi/accessible/root";

std::string launcher() {
    for (const char* place : {"/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher",
                              "/usr/lib/at-spi-bus-launcher"})
        if (std::filesystem::exists(place)) return place;
    return {};
}

Connection connected(const std::string& address) {
    return Connection(
        g_dbus_connection_new_for_address_sync(address.c_str(),
                                               GDBusConnectionFlags(G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                                    G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION),
                                               nullptr, nullptr, nullptr));
}

Value call(GDBusConnection* bus, const std::string& name, const std::string& path, const std::string& interface,
           const char* method, GVariant* given = nullptr) {
    return Value(g_dbus_connection_call_sync(bus, name.c_str(), path.c_str(), interface.c_str(), method, given, nullptr,
                                             G_DBUS_CALL_FLAGS_NONE, answered_within, nullptr, nullptr));
}

Value property(GDBusConnection* bus, const std::string& name, const std::string& path, const std::string& interface,
               const std::string& which) {
    const Value answer = call(bus, name, path, "org.freedesktop.DBus.Properties", "Get",
                              g_variant_new("(ss)", interface.c_str(), which.c_str()));
    if (!answer) return nullptr;
    GVariant* inner = nullptr;
    g_variant_get(answer.get(), "(v)", &inner);
    return Value(inner);
}

std::string string_in(const Value& tuple) {
    if (!tuple || !g_variant_is_of_type(tuple.get(), G_VARIANT_TYPE("(s)"))) return {};
    const char* words = "";
    g_variant_get(tuple.get(), "(&s)", &words);
    return words;
}

}  // namespace

std::string no_accessibility_here() {
    if (launcher().empty()) return "at-spi2-core is not installed";
    if (!has_program("dbus-daemon")) return "dbus-daemon is not installed";
    return {};
}

Session::Session(const Screen& screen) : address_("unix:path=" + (folder_.path() / "bus").string()) {
    environment_ = {{"DBUS_SESSION_BUS_ADDRESS", address_},
                    {"XDG_RUNTIME_DIR", folder_.path().string()},
                    {"XDG_CONFIG_HOME", (folder_.path() / "config").string()},
                    {"HOME", folder_.path().string()},
                    {"GSETTINGS_BACKEND", "memory"},
                    {"NO_AT_BRIDGE", "0"},
                    {"DISPLAY", screen.display()},
                    {"LC_ALL", "C.UTF-8"}};
    bus_.emplace(
        std::vector<std::string>{
            "sh", "-c", "exec dbus-daemon --session --nofork --nosyslog --address=\"$0\" 2>/dev/null", address_},
        environment_);
    for (int i = 0; i < 600 && !std::filesystem::exists(folder_.path() / "bus"); ++i) std::this_thread::sleep_for(50ms);
}

void Session::start_accessibility() {
    launcher_.emplace(
        std::vector<std::string>{"sh", "-c", "exec \"$0\" --launch-immediately >/dev/null 2>&1", launcher()},
        environment_);
    const Connection bus = connected(address_);
    REQUIRE(bus);
    for (int i = 0; i < 600; ++i) {
        const Value answer = call(bus.get(), "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                  "NameHasOwner", g_variant_new("(s)", "org.a11y.Bus"));
        gboolean owned = FALSE;
        if (answer) g_variant_get(answer.get(), "(b)", &owned);
        if (owned) return;
        std::this_thread::sleep_for(50ms);
    }
    FAIL("at-spi-bus-launcher does not start");
}

void Session::enable(bool on) const {
    const Connection bus = connected(address_);
    REQUIRE(bus);
    const Value answer = call(bus.get(), "org.a11y.Bus", "/org/a11y/bus", "org.freedesktop.DBus.Properties", "Set",
                              g_variant_new("(ssv)", "org.a11y.Status", "IsEnabled", g_variant_new_boolean(on)));
    CHECK(answer);
}

struct Listener::Impl {
    window::Held<GMainContext> context{g_main_context_new()};
    Connection bus;
    Listener* listener = nullptr;

    static void heard(GDBusConnection*, const char* sender, const char* path, const char*, const char* member,
                      GVariant* said, gpointer self) {
        auto* impl = static_cast<Impl*>(self);
        const char* detail = "";
        int one = 0, two = 0;
        GVariant* inner = nullptr;
        if (!g_variant_is_of_type(said, G_VARIANT_TYPE("(siiva{sv})"))) return;
        g_variant_get(said, "(&siiv@a{sv})", &detail, &one, &two, &inner, nullptr);
        const Value value(inner);
        Event event{std::string(member) + (*detail ? std::string(" ") + detail : "") + " " + std::to_string(one) +
                        (two != 0 ? " " + std::to_string(two) : ""),
                    {},
                    {}};
        if (g_variant_is_of_type(inner, G_VARIANT_TYPE_STRING)) event.words = g_variant_get_string(inner, nullptr);
        const Value name = property(impl->bus.get(), sender, path, "org.a11y.atspi.Accessible", "Name");
        if (name) event.from = g_variant_get_string(name.get(), nullptr);
        impl->listener->heard_.push_back(std::move(event));
    }
};

Listener::Listener(const Session& session) : impl_(std::make_unique<Impl>()) {
    const Connection session_bus = connected(session.address());
    REQUIRE(session_bus);
    const std::string address =
        string_in(call(session_bus.get(), "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress"));
    REQUIRE(!address.empty());
    g_main_context_push_thread_default(impl_->context.get());
    impl_->bus = connected(address);
    REQUIRE(impl_->bus);
    impl_->listener = this;
    for (const char* interface : {"org.a11y.atspi.Event.Object", "org.a11y.atspi.Event.Window"})
        g_dbus_connection_signal_subscribe(impl_->bus.get(), nullptr, interface, nullptr, nullptr, nullptr,
                                           G_DBUS_SIGNAL_FLAGS_NONE, Impl::heard, impl_.get(), nullptr);
    // So that the registry is there, as when a reader comes.
    call(impl_->bus.get(), "org.a11y.atspi.Registry", root, "org.a11y.atspi.Accessible", "GetChildren");
}

Listener::~Listener() {
    g_dbus_connection_close_sync(impl_->bus.get(), nullptr, nullptr);
    g_main_context_pop_thread_default(impl_->context.get());
}

bool Listener::Seen::has(const std::string& interface) const {
    return std::ranges::find(interfaces, "org.a11y.atspi." + interface) != interfaces.end();
}

// The name on the bus of the program: the child of the desktop that is called Sipdex.
std::string Listener::application() const {
    const Value answer =
        call(impl_->bus.get(), "org.a11y.atspi.Registry", root, "org.a11y.atspi.Accessible", "GetChildren");
    if (!answer) return {};
    const Value all(g_variant_get_child_value(answer.get(), 0));
    for (gsize i = 0; i < g_variant_n_children(all.get()); ++i) {
        const char *name = "", *path = "";
        g_variant_get_child(all.get(), i, "(&s&o)", &name, &path);
        const Value called = property(impl_->bus.get(), name, path, "org.a11y.atspi.Accessible", "Name");
        if (called && std::string(g_variant_get_string(called.get(), nullptr)) == "Sipdex") return name;
    }
    return {};
}

std::string Listener::toolkit() const {
    const Value name = property(impl_->bus.get(), application(), root, "org.a11y.atspi.Application", "ToolkitName");
    return name ? g_variant_get_string(name.get(), nullptr) : "";
}

std::vector<Listener::Seen> Listener::tree() const {
    std::vector<Seen> all;
    const std::string name = application();
    if (name.empty()) return all;
    GDBusConnection* bus = impl_->bus.get();
    constexpr const char* accessible = "org.a11y.atspi.Accessible";
    const std::function<void(const std::string&, int)> go = [&](const std::string& path, int depth) {
        const Value children = call(bus, name, path, accessible, "GetChildren");
        if (!children) return;
        if (path != root) {
            Seen seen{path};
            seen.depth = depth;
            seen.role = string_in(call(bus, name, path, accessible, "GetRoleName"));
            if (const Value called = property(bus, name, path, accessible, "Name"))
                seen.name = g_variant_get_string(called.get(), nullptr);
            if (const Value states = call(bus, name, path, accessible, "GetState")) {
                const Value words(g_variant_get_child_value(states.get(), 0));
                unsigned low = 0, high = 0;
                g_variant_get_child(words.get(), 0, "u", &low);
                g_variant_get_child(words.get(), 1, "u", &high);
                seen.states = low | static_cast<unsigned long long>(high) << 32;
            }
            if (const Value names = call(bus, name, path, accessible, "GetInterfaces")) {
                const Value list(g_variant_get_child_value(names.get(), 0));
                for (gsize i = 0; i < g_variant_n_children(list.get()); ++i) {
                    const char* one = "";
                    g_variant_get_child(list.get(), i, "&s", &one);
                    seen.interfaces.emplace_back(one);
                }
            }
            if (const Value given = call(bus, name, path, accessible, "GetAttributes")) {
                const Value list(g_variant_get_child_value(given.get(), 0));
                for (gsize i = 0; i < g_variant_n_children(list.get()); ++i) {
                    const char *key = "", *value = "";
                    g_variant_get_child(list.get(), i, "{&s&s}", &key, &value);
                    seen.attributes[key] = value;
                }
            }
            all.push_back(std::move(seen));
        }
        const Value list(g_variant_get_child_value(children.get(), 0));
        for (gsize i = 0; i < g_variant_n_children(list.get()); ++i) {
            const char *owner = "", *child = "";
            g_variant_get_child(list.get(), i, "(&s&o)", &owner, &child);
            go(child, depth + 1);
        }
    };
    go(root, -1);
    return all;
}

std::string Listener::text(const Seen& node) const {
    return string_in(call(impl_->bus.get(), application(), node.path, "org.a11y.atspi.Text", "GetText",
                          g_variant_new("(ii)", 0, -1)));
}

std::string Listener::piece(const Seen& node, int at, unsigned granularity, int& from, int& to) const {
    const Value answer = call(impl_->bus.get(), application(), node.path, "org.a11y.atspi.Text", "GetStringAtOffset",
                              g_variant_new("(iu)", at, granularity));
    if (!answer) return {};
    const char* words = "";
    g_variant_get(answer.get(), "(&sii)", &words, &from, &to);
    return words;
}

int Listener::number(const Seen& node, const std::string& interface, const std::string& which) const {
    const Value value = property(impl_->bus.get(), application(), node.path, "org.a11y.atspi." + interface, which);
    return value ? g_variant_get_int32(value.get()) : -1;
}

std::string Listener::words(const Seen& node, const std::string& interface, const std::string& which) const {
    const Value value = property(impl_->bus.get(), application(), node.path, "org.a11y.atspi." + interface, which);
    return value ? g_variant_get_string(value.get(), nullptr) : "";
}

std::string Listener::flows_to(const Seen& node) const {
    constexpr unsigned flows_to = 10;
    const Value answer =
        call(impl_->bus.get(), application(), node.path, "org.a11y.atspi.Accessible", "GetRelationSet");
    if (!answer) return {};
    const Value all(g_variant_get_child_value(answer.get(), 0));
    for (gsize i = 0; i < g_variant_n_children(all.get()); ++i) {
        unsigned kind = 0;
        GVariant* to = nullptr;
        g_variant_get_child(all.get(), i, "(u@a(so))", &kind, &to);
        const Value targets(to);
        if (kind != flows_to || g_variant_n_children(to) == 0) continue;
        const char *name = "", *path = "";
        g_variant_get_child(to, 0, "(&s&o)", &name, &path);
        return path;
    }
    return {};
}

namespace {

bool yes(const Value& answer) {
    gboolean done = FALSE;
    if (answer) g_variant_get(answer.get(), "(b)", &done);
    return done != FALSE;
}

}  // namespace

bool Listener::press(const Seen& node) const {
    return yes(
        call(impl_->bus.get(), application(), node.path, "org.a11y.atspi.Action", "DoAction", g_variant_new("(i)", 0)));
}

bool Listener::take_focus(const Seen& node) const {
    return yes(call(impl_->bus.get(), application(), node.path, "org.a11y.atspi.Component", "GrabFocus"));
}

bool Listener::set_caret(const Seen& node, int offset) const {
    return yes(call(impl_->bus.get(), application(), node.path, "org.a11y.atspi.Text", "SetCaretOffset",
                    g_variant_new("(i)", offset)));
}

bool Listener::insert(const Seen& node, int at, const std::string& words) const {
    return yes(call(impl_->bus.get(), application(), node.path, "org.a11y.atspi.EditableText", "InsertText",
                    g_variant_new("(isi)", at, words.c_str(), -1)));
}

bool Listener::take_out(const Seen& node, int from, int to) const {
    return yes(call(impl_->bus.get(), application(), node.path, "org.a11y.atspi.EditableText", "DeleteText",
                    g_variant_new("(ii)", from, to)));
}

bool Listener::set_text(const Seen& node, const std::string& words) const {
    return yes(call(impl_->bus.get(), application(), node.path, "org.a11y.atspi.EditableText", "SetTextContents",
                    g_variant_new("(s)", words.c_str())));
}

std::string Listener::selection(const Seen& node) const {
    GDBusConnection* bus = impl_->bus.get();
    const Value count = call(bus, application(), node.path, "org.a11y.atspi.Text", "GetNSelections");
    int selections = 0;
    if (count) g_variant_get(count.get(), "(i)", &selections);
    if (selections == 0) return {};
    const Value answer = call(bus, application(), node.path, "org.a11y.atspi.Text", "GetSelection",
                              g_variant_new("(i)", selections - 1));
    int from = 0, to = 0;
    if (answer) g_variant_get(answer.get(), "(ii)", &from, &to);
    return std::to_string(from) + " " + std::to_string(to);
}

bool Listener::select(const Seen& node, int from, int to) const {
    return yes(call(impl_->bus.get(), application(), node.path, "org.a11y.atspi.Text", "AddSelection",
                    g_variant_new("(ii)", from, to)));
}

std::string Listener::selected_item(const Seen& node) const {
    if (number(node, "Selection", "NSelectedChildren") < 1) return {};
    const Value answer = call(impl_->bus.get(), application(), node.path, "org.a11y.atspi.Selection",
                              "GetSelectedChild", g_variant_new("(i)", 0));
    const char *owner = "", *path = "";
    if (answer) g_variant_get(answer.get(), "((&s&o))", &owner, &path);
    return path;
}

bool Listener::select_item(const Seen& node, int index) const {
    return yes(call(impl_->bus.get(), application(), node.path, "org.a11y.atspi.Selection", "SelectChild",
                    g_variant_new("(i)", index)));
}

std::vector<int> Listener::extents(const Seen& node, int from, int to) const {
    const Value answer = call(impl_->bus.get(), application(), node.path, "org.a11y.atspi.Text", "GetRangeExtents",
                              g_variant_new("(iiu)", from, to, 1U));
    if (!answer) return {};
    int x = 0, y = 0, width = 0, height = 0;
    g_variant_get(answer.get(), "(iiii)", &x, &y, &width, &height);
    return {x, y, width, height};
}

std::string Listener::shown(const std::vector<Seen>& tree) const {
    std::string all;
    for (const Seen& one : tree)
        all += std::string(std::size_t(2 * one.depth), ' ') + one.role + " “" + one.name + "”\n";
    return all;
}

Listener::Seen Listener::until(const std::string& what, const Wanted& wanted, std::chrono::seconds deadline) {
    const auto end = std::chrono::steady_clock::now() + deadline;
    std::vector<Seen> now;
    while (std::chrono::steady_clock::now() < end) {
        now = tree();
        if (const auto found = std::ranges::find_if(now, wanted); found != now.end()) return *found;
        listen(100ms);
    }
    FAIL("waited in vain until ", what, "\n", shown(now));
    return {};
}

void Listener::listen(std::chrono::milliseconds time) {
    const auto end = std::chrono::steady_clock::now() + time;
    do {
        while (g_main_context_iteration(impl_->context.get(), FALSE)) continue;
        std::this_thread::sleep_for(10ms);
    } while (std::chrono::steady_clock::now() < end);
}

void Listener::hear(const std::string& kind, const std::string& from) {
    const auto end = std::chrono::steady_clock::now() + 60s;
    const auto is_it = [&](const Event& event) { return event.kind == kind && (from.empty() || event.from == from); };
    while (std::chrono::steady_clock::now() < end) {
        if (std::ranges::any_of(heard_, is_it)) return;
        listen(50ms);
    }
    FAIL("“", kind, "” from “", from, "” was not heard, but\n", all_heard());
}

std::string Listener::all_heard() const {
    std::string all;
    for (const Event& event : heard_)
        all += event.kind + " from “" + event.from + "”" + (event.words.empty() ? "" : ": " + event.words) + "\n";
    return all;
}

int Listener::owner(const std::string& name) const {
    const Value answer = call(impl_->bus.get(), "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                              "GetConnectionUnixProcessID", g_variant_new("(s)", name.c_str()));
    unsigned process = 0;
    if (answer) g_variant_get(answer.get(), "(u)", &process);
    return static_cast<int>(process);
}

bool Listener::has_name(const std::string& name) const {
    return yes(call(impl_->bus.get(), "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                    "NameHasOwner", g_variant_new("(s)", name.c_str())));
}

}  // namespace sipdex::test
