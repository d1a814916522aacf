// Values of D-Bus, as GLib has them.
#pragma once
#include <map>
#include <string>

#include "window/accessible/held.h"

namespace sipdex::window::accessible {

using Value = Held<GVariant>;
using Connection = Held<GDBusConnection>;

// One value as the arguments of an answer. Takes what is floating.
inline GVariant* in_tuple(GVariant* one) { return g_variant_new_tuple(&one, 1); }

inline GVariant* yes_or_no(bool yes) { return g_variant_new("(b)", gboolean(yes)); }
inline GVariant* number(int one) { return g_variant_new("(i)", one); }
inline GVariant* nobody() { return g_variant_new("(so)", "", "/org/a11y/atspi/null"); }  // a reference

inline GVariant* dictionary(const std::map<std::string, std::string>& words) {
    GVariantBuilder all;
    g_variant_builder_init(&all, G_VARIANT_TYPE("a{ss}"));
    for (const auto& [key, value] : words) g_variant_builder_add(&all, "{ss}", key.c_str(), value.c_str());
    return g_variant_builder_end(&all);
}

}  // namespace sipdex::window::accessible
