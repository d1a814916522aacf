#include "window/desktop/input_method.h"

#ifdef SIPDEX_WITH_X11

#include <X11/Xlib.h>
#include <X11/keysym.h>
#include <gio/gio.h>
// Behind Xlib, which gives names such as None to the preprocessor.
#include <GLFW/glfw3.h>

#include <cstdlib>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "language/characters.h"
#include "window/accessible/held.h"
#include "window/desktop/key_symbol.h"

namespace sipdex::window {

namespace {

constexpr const char* context_interface = "org.freedesktop.IBus.InputContext";
constexpr int patience = 300;                   // milliseconds; the first key of a large dictionary takes 70
constexpr guint32 preedit_text = 1, focus = 8;  // of IBus's capabilities
constexpr guint32 released = 1U << 30;          // of its states

using Value = Held<GVariant>;
using Bus = Held<GDBusConnection>;

struct Service {
    const char *name, *interface;
};

// Never starts anything: neither a session bus nor a service.
Bus session_bus() {
    const char* address = std::getenv("DBUS_SESSION_BUS_ADDRESS");
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    const std::string socket = std::string(runtime ? runtime : "") + "/bus";
    if (!(address && *address) && !(runtime && g_file_test(socket.c_str(), G_FILE_TEST_EXISTS))) return nullptr;
    Bus bus(g_bus_get_sync(G_BUS_TYPE_SESSION, nullptr, nullptr));
    // A window outlives the bus of its session; GIO would end the program with it.
    if (bus) g_dbus_connection_set_exit_on_close(bus.get(), FALSE);
    return bus;
}

bool has_owner(GDBusConnection* bus, const char* name) {
    const Value answer(g_dbus_connection_call_sync(bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                                   "org.freedesktop.DBus", "NameHasOwner", g_variant_new("(s)", name),
                                                   G_VARIANT_TYPE("(b)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, patience,
                                                   nullptr, nullptr));
    gboolean owned = FALSE;
    if (answer) g_variant_get(answer.get(), "(b)", &owned);
    return owned;
}

// As IBus names them: "unix-wayland-0", and <host or "unix">-<number of the display> of X.
std::vector<std::string> names_of_displays() {
    std::vector<std::string> names;
    if (const char* wayland = std::getenv("WAYLAND_DISPLAY"); wayland && *wayland)
        names.push_back("unix-" + std::string(wayland));
    const std::string display = std::getenv("DISPLAY") ? std::getenv("DISPLAY") : "";
    if (const auto colon = display.rfind(':'); colon != std::string::npos) {
        const std::string host = colon > 0 ? display.substr(0, colon) : "unix";
        names.push_back(host + "-" + display.substr(colon + 1, display.find('.', colon) - colon - 1));
    }
    return names;
}

// IBUS_ADDRESS, or what the daemon of this display wrote into <machine id>-<name of the display>.
std::string own_address() {
    if (const char* given = std::getenv("IBUS_ADDRESS"); given && *given) return given;
    char* machine = nullptr;
    if (!g_file_get_contents("/var/lib/dbus/machine-id", &machine, nullptr, nullptr) &&
        !g_file_get_contents("/etc/machine-id", &machine, nullptr, nullptr))
        return {};
    const std::string before = std::string(g_get_user_config_dir()) + "/ibus/bus/" + g_strstrip(machine) + "-";
    g_free(machine);
    char* content = nullptr;
    for (const std::string& name : names_of_displays())
        if (!content) g_file_get_contents((before + name).c_str(), &content, nullptr, nullptr);
    if (!content) return {};
    const std::string all = std::string("\n") + content, key = "\nIBUS_ADDRESS=";
    g_free(content);
    const auto at = all.find(key);
    if (at == std::string::npos) return {};
    const auto begin = at + key.size();
    return all.substr(begin, all.find('\n', begin) - begin);
}

// The text of an IBusText, a variant that holds ("IBusText", {}, text, attributes).
std::string text_of(GVariant* value) {
    Value inner(g_variant_is_of_type(value, G_VARIANT_TYPE_VARIANT) ? g_variant_get_variant(value)
                                                                    : g_variant_ref(value));
    if (!g_variant_is_of_type(inner.get(), G_VARIANT_TYPE("(sa{sv}sv)"))) return {};
    const char* text = "";
    g_variant_get_child(inner.get(), 2, "&s", &text);
    return text;
}

void type(Input& input, char32_t character) {
    Event event;
    event.kind = Event::Kind::character;
    event.character = character;
    input.add(event);
}

// A key that the service gives back, as if it had been pressed.
void press(Input& input, guint32 keysym, guint32 state) {
    Event event;
    event.press.control = state & ControlMask;
    event.press.shift = state & ShiftMask;
    switch (keysym) {
        case XK_Return: event.press.key = Key::enter; break;
        case XK_BackSpace: event.press.key = Key::backspace; break;
        case XK_Delete: event.press.key = Key::del; break;
        case XK_Escape: event.press.key = Key::escape; break;
        case XK_Left: event.press.key = Key::left; break;
        case XK_Right: event.press.key = Key::right; break;
        case XK_Up: event.press.key = Key::up; break;
        case XK_Down: event.press.key = Key::down; break;
        case XK_Home: event.press.key = Key::home; break;
        case XK_End: event.press.key = Key::end; break;
        case XK_Tab: event.press.key = Key::tab; break;
        default: break;
    }
    if (event.press.key != Key::none) {
        for (const bool down : {true, false}) {
            event.down = down;
            input.add(event);
        }
    } else if (const char32_t letter = letter_of(keysym)) {
        type(input, letter);
    }
}

// What comes from the service, in the order of its arrival, by GDBus's own thread.
struct Arrivals {
    std::mutex lock;
    std::deque<Held<GDBusMessage>> messages;
    std::string context;
};

GDBusMessage* arrived(GDBusConnection*, GDBusMessage* message, gboolean incoming, gpointer data) {
    auto& arrivals = **static_cast<std::shared_ptr<Arrivals>*>(data);
    if (!incoming || g_dbus_message_get_message_type(message) != G_DBUS_MESSAGE_TYPE_SIGNAL ||
        g_strcmp0(g_dbus_message_get_interface(message), context_interface) != 0)
        return message;
    {
        const std::lock_guard<std::mutex> locked(arrivals.lock);
        if (arrivals.context == g_dbus_message_get_path(message))
            arrivals.messages.emplace_back(G_DBUS_MESSAGE(g_object_ref(message)));
    }
    glfwPostEmptyEvent();
    return message;
}

}  // namespace

struct InputMethod::Impl {
    Bus bus;
    Service service{};
    std::shared_ptr<Arrivals> arrivals = std::make_shared<Arrivals>();
    guint filter = 0, subscription = 0;
    std::optional<std::string> modifiers;  // XMODIFIERS as it was
    bool x11 = false;                      // where the window stands is known
    bool focused = false, took_last = false;
    std::vector<int> taken;  // scan codes of keys held that the service took
    std::optional<Rect> told_caret;

    ~Impl() {
        if (filter) g_dbus_connection_remove_filter(bus.get(), filter);
        if (subscription) g_dbus_connection_signal_unsubscribe(bus.get(), subscription);
        if (!arrivals->context.empty()) tell("Reset", nullptr);
    }

    bool find() {
        bus = session_bus();
        service = {"org.freedesktop.portal.IBus", "org.freedesktop.IBus.Portal"};
        if (bus && has_owner(bus.get(), service.name)) return true;
        const std::string address = own_address();
        if (address.empty()) return false;
        constexpr auto flags = GDBusConnectionFlags(G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                    G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION);
        bus.reset(g_dbus_connection_new_for_address_sync(address.c_str(), flags, nullptr, nullptr, nullptr));
        service = {"org.freedesktop.IBus", "org.freedesktop.IBus"};
        return bus && has_owner(bus.get(), service.name);
    }

    bool make_context() {
        const Value answer(g_dbus_connection_call_sync(bus.get(), service.name, "/org/freedesktop/IBus",
                                                       service.interface, "CreateInputContext",
                                                       g_variant_new("(s)", "sipdex"), G_VARIANT_TYPE("(o)"),
                                                       G_DBUS_CALL_FLAGS_NO_AUTO_START, patience, nullptr, nullptr));
        if (!answer) return false;
        const char* path = "";
        g_variant_get(answer.get(), "(&o)", &path);
        {
            const std::lock_guard<std::mutex> locked(arrivals->lock);
            arrivals->context = path;
            arrivals->messages.clear();
        }
        if (!filter)
            filter = g_dbus_connection_add_filter(
                bus.get(), arrived, new std::shared_ptr<Arrivals>(arrivals),
                [](gpointer data) { delete static_cast<std::shared_ptr<Arrivals>*>(data); });
        if (subscription) g_dbus_connection_signal_unsubscribe(bus.get(), subscription);
        // So that the bus sends them at all; they are taken by the filter, which keeps their order.
        subscription = g_dbus_connection_signal_subscribe(
            bus.get(), nullptr, context_interface, nullptr, path, nullptr, G_DBUS_SIGNAL_FLAGS_NONE,
            [](GDBusConnection*, const char*, const char*, const char*, const char*, GVariant*, gpointer) {}, nullptr,
            nullptr);
        tell("SetCapabilities", g_variant_new("(u)", preedit_text | focus));
        return true;
    }

    // Waits for no answer.
    void tell(const char* method, GVariant* arguments) {
        g_dbus_connection_call(bus.get(), service.name, arrivals->context.c_str(), context_interface, method, arguments,
                               nullptr, G_DBUS_CALL_FLAGS_NO_AUTO_START, patience, nullptr, nullptr, nullptr);
    }

    // A service that has ended is asked for again when a field gets the focus.
    void lost() {
        const std::lock_guard<std::mutex> locked(arrivals->lock);
        arrivals->context.clear();
        arrivals->messages.clear();
        focused = false;
    }

    void collect(Input& input) {
        for (;;) {
            Held<GDBusMessage> message;
            {
                const std::lock_guard<std::mutex> locked(arrivals->lock);
                if (arrivals->messages.empty()) return;
                message = std::move(arrivals->messages.front());
                arrivals->messages.pop_front();
            }
            heard(input, g_dbus_message_get_member(message.get()), g_dbus_message_get_body(message.get()));
        }
    }

    static void heard(Input& input, const std::string& what, GVariant* said) {
        if (what == "HidePreeditText") input.set_composition({});
        if (!said) return;
        if (what == "CommitText" && g_variant_is_of_type(said, G_VARIANT_TYPE("(v)"))) {
            const Value text(g_variant_get_child_value(said, 0));
            for (const char32_t character : language::characters_of(text_of(text.get()))) type(input, character);
        }
        if (what == "UpdatePreeditText" && g_variant_is_of_type(said, G_VARIANT_TYPE("(vub)"))) {
            const Value text(g_variant_get_child_value(said, 0));
            guint32 caret = 0;
            gboolean visible = FALSE;
            g_variant_get_child(said, 1, "u", &caret);
            g_variant_get_child(said, 2, "b", &visible);
            const std::u32string characters = language::characters_of(text_of(text.get()));
            const std::string before = language::utf8_of(characters.substr(0, caret));
            input.set_composition(visible ? Composition{language::utf8_of(characters), before.size()} : Composition{});
        }
        if (what == "ForwardKeyEvent" && g_variant_is_of_type(said, G_VARIANT_TYPE("(uuu)"))) {
            guint32 keysym = 0, code = 0, state = 0;
            g_variant_get(said, "(uuu)", &keysym, &code, &state);
            if (!(state & released)) press(input, keysym, state);
        }
    }
};

InputMethod::InputMethod() {
    auto impl = std::make_unique<Impl>();
    if ((!std::getenv("DISPLAY") && !std::getenv("WAYLAND_DISPLAY")) || !impl->find()) return;
    impl_ = std::move(impl);
    if (const char* modifiers = std::getenv("XMODIFIERS")) impl_->modifiers = modifiers;
    setenv("XMODIFIERS", "@im=none", 1);
}

InputMethod::~InputMethod() = default;

// GLFW has looked; the programs that are started from here see what the reader has set.
void InputMethod::started() {
    if (!impl_) return;
    if (impl_->modifiers) setenv("XMODIFIERS", impl_->modifiers->c_str(), 1);
    else unsetenv("XMODIFIERS");
    impl_->x11 = on_x11();
}

bool InputMethod::took_last_key() const { return impl_ && impl_->took_last; }

bool InputMethod::takes(Input& input, int key, int scancode, int action, int mods) {
    if (!impl_) return false;
    const bool release = action == GLFW_RELEASE;
    const bool was_taken = std::erase(impl_->taken, scancode) > 0;
    if (!release) impl_->took_last = false;
    if (!impl_->focused) return release && was_taken;
    const unsigned state = symbol_state(mods);
    const guint32 keysym = symbol_of(key, scancode, state);
    const Value answer(g_dbus_connection_call_sync(
        impl_->bus.get(), impl_->service.name, impl_->arrivals->context.c_str(), context_interface, "ProcessKeyEvent",
        g_variant_new("(uuu)", keysym, x_code(scancode) - kernel_offset, state | (release ? released : 0U)),
        G_VARIANT_TYPE("(b)"), G_DBUS_CALL_FLAGS_NO_AUTO_START, patience, nullptr, nullptr));
    gboolean used = FALSE;
    if (answer) g_variant_get(answer.get(), "(b)", &used);
    else impl_->lost();
    impl_->collect(input);  // what it says with the key comes before the key
    if (release) return was_taken;
    if (used) impl_->taken.push_back(scancode);
    impl_->took_last = used;
    return used;
}

void InputMethod::follow(GLFWwindow* window, Input& input, const std::optional<Rect>& caret) {
    if (!impl_) return;
    impl_->collect(input);
    if (!caret) {
        if (impl_->focused) impl_->tell("FocusOut", nullptr);
        impl_->focused = false;
        impl_->told_caret.reset();
        if (!input.composition().text.empty()) input.set_composition({});
        return;
    }
    if (!impl_->focused) {
        if (impl_->arrivals->context.empty() && !impl_->make_context()) return;
        impl_->tell("FocusIn", nullptr);
        impl_->focused = true;
    }
    int x = 0, y = 0;
    if (impl_->x11) glfwGetWindowPos(window, &x, &y);
    const Rect at{caret->x + x, caret->y + y, caret->width, caret->height};
    const auto& told = impl_->told_caret;
    if (told && told->x == at.x && told->y == at.y && told->height == at.height) return;
    impl_->told_caret = at;
    impl_->tell(impl_->x11 ? "SetCursorLocation" : "SetCursorLocationRelative",
                g_variant_new("(iiii)", int(at.x), int(at.y), int(at.width), int(at.height)));
}

}  // namespace sipdex::window

#else

namespace sipdex::window {

struct InputMethod::Impl {};

InputMethod::InputMethod() = default;
InputMethod::~InputMethod() = default;
void InputMethod::started() {}
bool InputMethod::takes(Input&, int, int, int) { return false; }
bool InputMethod::took_last_key() const { return false; }
void InputMethod::follow(GLFWwindow*, Input&, const std::optional<Rect>&) {}

}  // namespace sipdex::window

#endif
