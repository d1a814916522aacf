// What GLib counts the references of, and its strings, let go with the scope.
#pragma once
#include <gio/gio.h>

#include <memory>

namespace sipdex::window {

struct Unref {
    void operator()(GVariant* value) const { g_variant_unref(value); }
    void operator()(GDBusConnection* bus) const { g_object_unref(bus); }
    void operator()(GDBusMessage* message) const { g_object_unref(message); }
    void operator()(GDBusNodeInfo* info) const { g_dbus_node_info_unref(info); }
    void operator()(GCancellable* one) const { g_object_unref(one); }
    void operator()(GMainContext* context) const { g_main_context_unref(context); }
    void operator()(GMainLoop* loop) const { g_main_loop_unref(loop); }
    void operator()(char* text) const { g_free(text); }
};
template <class Thing>
using Held = std::unique_ptr<Thing, Unref>;

}  // namespace sipdex::window
