#include "window/accessible/bus.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <optional>
#include <thread>

#include "window/accessible/answers.h"
#include "window/accessible/changes.h"
#include "window/accessible/interfaces.h"

namespace sipdex::window::accessible {

namespace {

constexpr const char* registry_name = "org.a11y.atspi.Registry";
constexpr const char* status_name = "org.a11y.Bus";
constexpr const char* status_path = "/org/a11y/bus";
constexpr int patience = 3000;     // milliseconds, for what answers on the thread's own account
constexpr int key_patience = 250;  // for a reader that keeps the window waiting
constexpr unsigned most_seconds_between = 60, most_tries = 10;

// Never starts a bus.
std::string session_address() {
    if (const char* off = std::getenv("NO_AT_BRIDGE"); off && *off && std::strcmp(off, "0") != 0) return {};
    if (const char* address = std::getenv("DBUS_SESSION_BUS_ADDRESS"); address && *address) return address;
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    const std::string socket = std::string(runtime ? runtime : "") + "/bus";
    if (!runtime || !g_file_test(socket.c_str(), G_FILE_TEST_EXISTS)) return {};
    return "unix:path=" + socket;
}

Connection connected(const std::string& address, GCancellable* cancel) {
    constexpr auto flags = GDBusConnectionFlags(G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION);
    Connection bus(g_dbus_connection_new_for_address_sync(address.c_str(), flags, nullptr, cancel, nullptr));
    if (bus) g_dbus_connection_set_exit_on_close(bus.get(), FALSE);  // a window outlives its buses
    return bus;
}

// "…/accessible/12" and its hyperlink "…/accessible/12l".
const char* last_of(const char* path) {
    const char* slash = std::strrchr(path, '/');
    return slash ? slash + 1 : path;
}

}  // namespace

// All but what `lock` guards is the thread's own.
struct Bus::Impl {
    std::function<void()> wake;
    std::string address;
    Held<GMainContext> context{g_main_context_new()};
    Held<GMainLoop> loop{g_main_loop_new(context.get(), FALSE)};
    Held<GCancellable> cancel{g_cancellable_new()};
    Held<GDBusNodeInfo> described;

    Connection session, bus;
    guint status_watch = 0, registry_watch = 0;
    unsigned tries = 0;
    Answers answers;
    std::shared_ptr<const Tree> tree;
    bool keys_by_description = false;

    std::atomic<bool> wanted = false;
    std::mutex lock;
    std::vector<Wish> wishes;
    std::vector<Answer> key_answers;
    unsigned keys_told = 0;  // the window's own
    std::thread thread;

    explicit Impl(std::string session_bus) : address(std::move(session_bus)) {
        described.reset(g_dbus_node_info_new_for_xml(description_of_interfaces().c_str(), nullptr));
        answers.wish = [this](Wish one) {
            {
                const std::lock_guard<std::mutex> locked(lock);
                wishes.push_back(std::move(one));
            }
            wake();
        };
    }

    // Has the thread do it.
    void post(std::function<void()> act) {
        GSource* source = g_idle_source_new();
        g_source_set_priority(source, G_PRIORITY_DEFAULT);
        g_source_set_callback(
            source,
            [](gpointer data) {
                (*static_cast<std::function<void()>*>(data))();
                return G_SOURCE_REMOVE;
            },
            new std::function<void()>(std::move(act)),
            [](gpointer data) { delete static_cast<std::function<void()>*>(data); });
        g_source_attach(source, context.get());
        g_source_unref(source);
    }

    void run() {
        g_main_context_push_thread_default(context.get());
        find_session();
        g_main_loop_run(loop.get());
        leave();
        drop_session();
        g_main_context_pop_thread_default(context.get());
    }

    // What was lost is looked for less and less often, and at last no more.
    void try_again() {
        if (g_cancellable_is_cancelled(cancel.get()) || tries >= most_tries) return;
        GSource* source = g_timeout_source_new_seconds(std::min(most_seconds_between, 1U << std::min(tries, 6U)));
        ++tries;
        g_source_set_callback(
            source,
            [](gpointer self) {
                auto* impl = static_cast<Impl*>(self);
                if (!impl->session) impl->find_session();
                else impl->look();
                return G_SOURCE_REMOVE;
            },
            this, nullptr);
        g_source_attach(source, context.get());
        g_source_unref(source);
    }

    // --- whether anybody listens

    void find_session() {
        session = connected(address, cancel.get());
        if (!session) return try_again();
        tries = 0;
        g_signal_connect(session.get(), "closed", G_CALLBACK(session_closed), this);
        g_dbus_connection_signal_subscribe(
            session.get(), status_name, "org.freedesktop.DBus.Properties", "PropertiesChanged", status_path,
            "org.a11y.Status", G_DBUS_SIGNAL_FLAGS_NONE,
            [](GDBusConnection*, const char*, const char*, const char*, const char*, GVariant*, gpointer self) {
                static_cast<Impl*>(self)->look();
            },
            this, nullptr);
        // Starts nothing: who wants accessibility starts it.
        status_watch = g_bus_watch_name_on_connection(
            session.get(), status_name, G_BUS_NAME_WATCHER_FLAGS_NONE,
            [](GDBusConnection*, const char*, const char*, gpointer self) { static_cast<Impl*>(self)->look(); },
            [](GDBusConnection*, const char*, gpointer self) { static_cast<Impl*>(self)->leave(); }, this, nullptr);
    }

    static void session_closed(GDBusConnection* connection, gboolean, GError*, gpointer self) {
        auto* impl = static_cast<Impl*>(self);
        if (connection != impl->session.get()) return;
        impl->leave();
        impl->drop_session();
        impl->try_again();
    }

    void drop_session() {
        if (status_watch != 0) g_bus_unwatch_name(std::exchange(status_watch, 0));
        if (session) g_signal_handlers_disconnect_by_data(session.get(), this);
        session.reset();
    }

    // Orca sets IsEnabled when it starts, GNOME's switch sets ScreenReaderEnabled.
    void look() {
        if (!session) return;
        const Value answer(
            g_dbus_connection_call_sync(session.get(), status_name, status_path, "org.freedesktop.DBus.Properties",
                                        "GetAll", g_variant_new("(s)", "org.a11y.Status"), G_VARIANT_TYPE("(a{sv})"),
                                        G_DBUS_CALL_FLAGS_NO_AUTO_START, patience, cancel.get(), nullptr));
        gboolean enabled = FALSE, reader = FALSE;
        if (answer) {
            const Value all(g_variant_get_child_value(answer.get(), 0));
            g_variant_lookup(all.get(), "IsEnabled", "b", &enabled);
            g_variant_lookup(all.get(), "ScreenReaderEnabled", "b", &reader);
        }
        if (enabled || reader) come();
        else leave();
    }

    // --- on the accessibility bus, and off it

    void come() {
        if (bus) return;
        const Value answer(g_dbus_connection_call_sync(session.get(), status_name, status_path, "org.a11y.Bus",
                                                       "GetAddress", nullptr, G_VARIANT_TYPE("(s)"),
                                                       G_DBUS_CALL_FLAGS_NONE, patience, cancel.get(), nullptr));
        const char* at = "";
        if (answer) g_variant_get(answer.get(), "(&s)", &at);
        if (*at) bus = connected(at, cancel.get());
        if (!bus) return try_again();
        tries = 0;
        answers.bus_name = g_dbus_connection_get_unique_name(bus.get());
        answers.desktop = {registry_name, std::string(root_path) + "/root"};
        g_signal_connect(bus.get(), "closed", G_CALLBACK(bus_closed), this);
        // All things are one subtree: nothing is to be said to GDBus when one comes or goes.
        static const GDBusSubtreeVTable subtree = {enumerate, introspect, dispatch, {}};
        g_dbus_connection_register_subtree(bus.get(), root_path, &subtree,
                                           G_DBUS_SUBTREE_FLAGS_DISPATCH_TO_UNENUMERATED_NODES, this, nullptr, nullptr);
        g_dbus_connection_register_object(bus.get(), cache_path,
                                          g_dbus_node_info_lookup_interface(described.get(), "org.a11y.atspi.Cache"),
                                          &table, this, nullptr, nullptr);
        registry_watch = g_bus_watch_name_on_connection(
            bus.get(), registry_name, G_BUS_NAME_WATCHER_FLAGS_AUTO_START,
            [](GDBusConnection*, const char*, const char*, gpointer self) { static_cast<Impl*>(self)->embed(); },
            nullptr, this, nullptr);
        wanted = true;
        wake();
    }

    static void bus_closed(GDBusConnection* connection, gboolean, GError*, gpointer self) {
        auto* impl = static_cast<Impl*>(self);
        if (connection != impl->bus.get()) return;
        impl->leave();
        impl->try_again();
    }

    void leave() {
        if (!bus) return;
        wanted = false;
        if (registry_watch != 0) g_bus_unwatch_name(std::exchange(registry_watch, 0));
        g_signal_handlers_disconnect_by_data(bus.get(), this);
        g_dbus_connection_close(bus.get(), nullptr, nullptr, nullptr);
        bus.reset();
        tree.reset();
        answers.tree = nullptr;
        wake();
    }

    // The application says to the registry that it is there, and is told what holds it.
    void embed() {
        if (!bus) return;
        g_dbus_connection_call(
            bus.get(), registry_name, (std::string(root_path) + "/root").c_str(), "org.a11y.atspi.Socket", "Embed",
            g_variant_new("(@(so))", answers.reference(nullptr)), G_VARIANT_TYPE("((so))"), G_DBUS_CALL_FLAGS_NONE,
            patience, cancel.get(),
            [](GObject* source, GAsyncResult* result, gpointer self) {
                const Value answer(g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, nullptr));
                auto* impl = static_cast<Impl*>(self);
                if (!answer || G_DBUS_CONNECTION(source) != impl->bus.get()) return;
                const char *name = "", *path = "";
                g_variant_get(answer.get(), "((&s&o))", &name, &path);
                impl->answers.desktop = {name, path};
            },
            this);
    }

    // --- what has changed

    void emit(const std::string& path, const char* kind, const char* member, const char* detail, int one, int two,
              GVariant* value) {
        const std::string interface = std::string("org.a11y.atspi.Event.") + kind;
        g_dbus_connection_emit_signal(bus.get(), nullptr, path.c_str(), interface.c_str(), member,
                                      g_variant_new("(siiva{sv})", detail, one, two, value, nullptr), nullptr);
    }

    void show(const std::shared_ptr<const Tree>& now) {
        if (!bus) return;
        const auto before = std::exchange(tree, now);
        answers.tree = tree.get();
        if (!before && !now->nodes.empty())
            emit(Answers::path_of(nullptr), "Object", "ChildrenChanged", "add", 0, 0,
                 answers.reference(&now->nodes.front()));
        for (const Change& change : changes_between(before ? *before : Tree{}, *now)) tell_of(change);
    }

    void tell_of(const Change& change) {
        using Kind = Change::Kind;
        Node of;
        of.number = change.node;
        const std::string path = Answers::path_of(&of);
        const auto words = [&] { return g_variant_new_string(change.words.c_str()); };
        const auto none = [] { return g_variant_new_int32(0); };
        const auto object = [&](const char* member, const char* detail, int one, int two, GVariant* value) {
            emit(path, "Object", member, detail, one, two, value);
        };
        switch (change.kind) {
            case Kind::removed:
            case Kind::added: {
                Node other;
                other.number = change.other;
                const bool added = change.kind == Kind::added;
                const Node* node = tree->find(change.other);
                if (added && node)
                    g_dbus_connection_emit_signal(
                        bus.get(), nullptr, cache_path, "org.a11y.atspi.Cache", "AddAccessible",
                        g_variant_new("(@((so)(so)(so)iiassusau))", answers.item(*node)), nullptr);
                object("ChildrenChanged", added ? "add" : "remove", change.at, 0, answers.reference(&other));
                if (!added)
                    g_dbus_connection_emit_signal(bus.get(), nullptr, cache_path, "org.a11y.atspi.Cache",
                                                  "RemoveAccessible",
                                                  g_variant_new("(@(so))", answers.reference(&other)), nullptr);
                break;
            }
            case Kind::active:
                object("StateChanged", "active", change.on, 0, none());
                emit(path, "Window", change.on ? "Activate" : "Deactivate", "", 0, 0, words());
                break;
            case Kind::state: object("StateChanged", name_of(change.state), change.on, 0, none()); break;
            case Kind::name: object("PropertyChange", "accessible-name", 0, 0, words()); break;
            case Kind::description: object("PropertyChange", "accessible-description", 0, 0, words()); break;
            case Kind::value: object("PropertyChange", "accessible-value", 0, 0, none()); break;
            case Kind::selection: object("SelectionChanged", "", 0, 0, none()); break;
            case Kind::text_deleted: object("TextChanged", "delete", change.at, change.length, words()); break;
            case Kind::text_inserted: object("TextChanged", "insert", change.at, change.length, words()); break;
            case Kind::text_selection: object("TextSelectionChanged", "", 0, 0, none()); break;
            case Kind::caret: object("TextCaretMoved", "", change.at, 0, none()); break;
        }
    }

    // --- what is asked

    // Nothing: there is no such thing. A null pointer is the application.
    std::optional<const Node*> node_of(const char* name) const {
        if (!name) return {};
        if (std::strcmp(name, "root") == 0) return nullptr;
        char* end = nullptr;
        const long number = std::strtol(name, &end, 10);
        if (!tree || (*end != 0 && std::strcmp(end, "l") != 0)) return {};
        const Node* node = tree->find(static_cast<int>(number));
        return node ? std::optional(node) : std::nullopt;
    }

    static char** enumerate(GDBusConnection*, const char*, const char*, gpointer) { return g_new0(char*, 1); }

    static GDBusInterfaceInfo** introspect(GDBusConnection*, const char*, const char*, const char* name,
                                           gpointer self) {
        const auto* impl = static_cast<Impl*>(self);
        const auto node = impl->node_of(name);
        if (!node) return nullptr;
        std::vector<const char*> names = interfaces_of(*node);
        if (*node && name[std::strlen(name) - 1] == 'l') names = {"org.a11y.atspi.Hyperlink"};
        auto** all = g_new0(GDBusInterfaceInfo*, names.size() + 1);
        for (std::size_t i = 0; i < names.size(); ++i)
            all[i] = g_dbus_interface_info_ref(g_dbus_node_info_lookup_interface(impl->described.get(), names[i]));
        return all;
    }

    static const GDBusInterfaceVTable* dispatch(GDBusConnection*, const char*, const char*, const char*, const char*,
                                                gpointer* to, gpointer self) {
        *to = self;
        return &table;
    }

    static void called(GDBusConnection*, const char*, const char* path, const char* interface, const char* method,
                       GVariant* given, GDBusMethodInvocation* invocation, gpointer self) {
        const auto* impl = static_cast<Impl*>(self);
        GVariant* answer = nullptr;
        if (std::strcmp(path, cache_path) == 0) answer = impl->answers.items();
        else if (const auto node = impl->node_of(last_of(path)))
            answer = impl->answers.to(*node, interface, method, given);
        if (answer) g_dbus_method_invocation_return_value(invocation, answer);
        else
            g_dbus_method_invocation_return_dbus_error(invocation, "org.freedesktop.DBus.Error.UnknownObject",
                                                       "It is no longer there.");
    }

    static GVariant* read(GDBusConnection*, const char*, const char* path, const char* interface, const char* name,
                          GError** error, gpointer self) {
        const auto* impl = static_cast<Impl*>(self);
        GVariant* answer = nullptr;
        if (const auto node = impl->node_of(last_of(path))) answer = impl->answers.property(*node, interface, name);
        if (!answer) g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "It is no longer there.");
        return answer;
    }

    static gboolean write(GDBusConnection*, const char*, const char* path, const char*, const char* name,
                          GVariant* value, GError**, gpointer self) {
        auto* impl = static_cast<Impl*>(self);
        const auto node = impl->node_of(last_of(path));
        if (!node) return FALSE;
        if (std::strcmp(name, "Id") == 0) impl->answers.application = g_variant_get_int32(value);
        else if (*node)
            impl->answers.wish({.kind = Wish::Kind::value, .id = (*node)->id, .value = g_variant_get_double(value)});
        return TRUE;
    }

    static constexpr GDBusInterfaceVTable table = {called, read, write, {}};

    // --- keys

    void answer_key(unsigned number, bool kept) {
        {
            const std::lock_guard<std::mutex> locked(lock);
            key_answers.push_back({number, kept});
        }
        wake();
    }

    struct Asked {
        Impl* impl;
        unsigned number;
        Key key;
        bool again;  // in the other form
    };

    // The registry of at-spi2-core 2.46 describes (uiuuisb) and takes (uinnisb); another may take what it describes.
    void ask(std::unique_ptr<Asked> asked) {
        if (!bus) return answer_key(asked->number, false);
        const Key& key = asked->key;
        const int time = static_cast<int>(g_get_monotonic_time() / 1000);
        const unsigned kind = key.down ? 0 : 1;
        GVariant* event = keys_by_description
                              ? g_variant_new("((uiuuisb))", kind, int(key.symbol), key.code, key.modifiers, time,
                                              key.name.c_str(), gboolean(key.is_text))
                              : g_variant_new("((uinnisb))", kind, int(key.symbol), int(key.code), int(key.modifiers),
                                              time, key.name.c_str(), gboolean(key.is_text));
        g_dbus_connection_call(
            bus.get(), registry_name, "/org/a11y/atspi/registry/deviceeventcontroller",
            "org.a11y.atspi.DeviceEventController", "NotifyListenersSync", event, G_VARIANT_TYPE("(b)"),
            G_DBUS_CALL_FLAGS_NO_AUTO_START, key_patience, cancel.get(),
            [](GObject* source, GAsyncResult* result, gpointer data) {
                std::unique_ptr<Asked> one(static_cast<Asked*>(data));
                GError* error = nullptr;
                const Value answer(g_dbus_connection_call_finish(G_DBUS_CONNECTION(source), result, &error));
                const bool other_form = error && g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_INVALID_ARGS);
                g_clear_error(&error);
                Impl* impl = one->impl;
                if (other_form && !std::exchange(one->again, true)) {
                    impl->keys_by_description = !impl->keys_by_description;
                    return impl->ask(std::move(one));
                }
                gboolean kept = FALSE;
                if (answer) g_variant_get(answer.get(), "(b)", &kept);
                impl->answer_key(one->number, kept != FALSE);
            },
            asked.release());
    }
};

Bus::Bus(std::string version, std::function<void()> wake) {
    std::string address = session_address();
    if (address.empty()) return;
    impl_ = std::make_unique<Impl>(std::move(address));
    impl_->wake = std::move(wake);
    impl_->answers.version = std::move(version);
    impl_->thread = std::thread([impl = impl_.get()] { impl->run(); });
}

Bus::~Bus() {
    if (!impl_) return;
    g_cancellable_cancel(impl_->cancel.get());
    impl_->post([impl = impl_.get()] { g_main_loop_quit(impl->loop.get()); });
    impl_->thread.join();
}

bool Bus::wanted() const { return impl_ && impl_->wanted; }

void Bus::publish(std::shared_ptr<const Tree> tree) {
    if (impl_) impl_->post([impl = impl_.get(), tree = std::move(tree)] { impl->show(tree); });
}

std::vector<Wish> Bus::take_wishes() {
    if (!impl_) return {};
    const std::lock_guard<std::mutex> locked(impl_->lock);
    return std::exchange(impl_->wishes, {});
}

unsigned Bus::tell(Key key) {
    if (!impl_) return 0;
    const unsigned number = ++impl_->keys_told;
    impl_->post([impl = impl_.get(), number, key = std::move(key)] {
        impl->ask(std::make_unique<Impl::Asked>(Impl::Asked{impl, number, key, false}));
    });
    return number;
}

std::vector<Bus::Answer> Bus::take_answers() {
    if (!impl_) return {};
    const std::lock_guard<std::mutex> locked(impl_->lock);
    return std::exchange(impl_->key_answers, {});
}

}  // namespace sipdex::window::accessible
