#include "window/accessible/interfaces.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace sipdex::window::accessible {

namespace {

struct Method {
    const char *name, *in, *out;  // the signatures of arguments, with a space between
};
struct Property {
    const char *name, *signature;
};
struct Interface {
    const char* name;
    std::vector<Method> methods;
    std::vector<Property> properties;
};

// As at-spi2-core's xml/*.xml has them.
const std::vector<Interface>& spoken() {
    static const std::vector<Interface> all = {
        {"org.a11y.atspi.Accessible",
         {{"GetChildAtIndex", "i", "(so)"},
          {"GetChildren", "", "a(so)"},
          {"GetIndexInParent", "", "i"},
          {"GetRelationSet", "", "a(ua(so))"},
          {"GetRole", "", "u"},
          {"GetRoleName", "", "s"},
          {"GetLocalizedRoleName", "", "s"},
          {"GetState", "", "au"},
          {"GetAttributes", "", "a{ss}"},
          {"GetApplication", "", "(so)"},
          {"GetInterfaces", "", "as"}},
         {{"Name", "s"},
          {"Description", "s"},
          {"Parent", "(so)"},
          {"ChildCount", "i"},
          {"Locale", "s"},
          {"AccessibleId", "s"}}},
        {"org.a11y.atspi.Application",
         {{"GetLocale", "u", "s"}, {"GetApplicationBusAddress", "", "s"}},
         {{"ToolkitName", "s"}, {"Version", "s"}, {"ToolkitVersion", "s"}, {"AtspiVersion", "s"}, {"Id", "i"}}},
        {"org.a11y.atspi.Component",
         {{"Contains", "i i u", "b"},
          {"GetAccessibleAtPoint", "i i u", "(so)"},
          {"GetExtents", "u", "(iiii)"},
          {"GetPosition", "u", "i i"},
          {"GetSize", "", "i i"},
          {"GetLayer", "", "u"},
          {"GetMDIZOrder", "", "n"},
          {"GrabFocus", "", "b"},
          {"GetAlpha", "", "d"},
          {"ScrollTo", "u", "b"}},
         {}},
        {"org.a11y.atspi.Action",
         {{"GetDescription", "i", "s"},
          {"GetName", "i", "s"},
          {"GetLocalizedName", "i", "s"},
          {"GetKeyBinding", "i", "s"},
          {"GetActions", "", "a(sss)"},
          {"DoAction", "i", "b"}},
         {{"NActions", "i"}}},
        {"org.a11y.atspi.Text",
         {{"GetStringAtOffset", "i u", "s i i"},
          {"GetText", "i i", "s"},
          {"SetCaretOffset", "i", "b"},
          {"GetTextBeforeOffset", "i u", "s i i"},
          {"GetTextAtOffset", "i u", "s i i"},
          {"GetTextAfterOffset", "i u", "s i i"},
          {"GetCharacterAtOffset", "i", "i"},
          {"GetAttributeValue", "i s", "s"},
          {"GetAttributes", "i", "a{ss} i i"},
          {"GetDefaultAttributes", "", "a{ss}"},
          {"GetCharacterExtents", "i u", "i i i i"},
          {"GetOffsetAtPoint", "i i u", "i"},
          {"GetNSelections", "", "i"},
          {"GetSelection", "i", "i i"},
          {"AddSelection", "i i", "b"},
          {"RemoveSelection", "i", "b"},
          {"SetSelection", "i i i", "b"},
          {"GetRangeExtents", "i i u", "i i i i"},
          {"GetAttributeRun", "i b", "a{ss} i i"},
          {"GetDefaultAttributeSet", "", "a{ss}"},
          {"ScrollSubstringTo", "i i u", "b"}},
         {{"CharacterCount", "i"}, {"CaretOffset", "i"}}},
        {"org.a11y.atspi.EditableText",
         {{"SetTextContents", "s", "b"},
          {"InsertText", "i s i", "b"},
          {"CopyText", "i i", ""},
          {"CutText", "i i", "b"},
          {"DeleteText", "i i", "b"},
          {"PasteText", "i", "b"}},
         {}},
        {"org.a11y.atspi.Selection",
         {{"GetSelectedChild", "i", "(so)"},
          {"SelectChild", "i", "b"},
          {"DeselectSelectedChild", "i", "b"},
          {"IsChildSelected", "i", "b"},
          {"SelectAll", "", "b"},
          {"ClearSelection", "", "b"},
          {"DeselectChild", "i", "b"}},
         {{"NSelectedChildren", "i"}}},
        {"org.a11y.atspi.Hypertext",
         {{"GetNLinks", "", "i"}, {"GetLink", "i", "(so)"}, {"GetLinkIndex", "i", "i"}},
         {}},
        {"org.a11y.atspi.Hyperlink",
         {{"GetObject", "i", "(so)"}, {"GetURI", "i", "s"}, {"IsValid", "", "b"}},
         {{"NAnchors", "n"}, {"StartIndex", "i"}, {"EndIndex", "i"}}},
        {"org.a11y.atspi.Document",
         {{"GetLocale", "", "s"}, {"GetAttributeValue", "s", "s"}, {"GetAttributes", "", "a{ss}"}},
         {{"CurrentPageNumber", "i"}, {"PageCount", "i"}}},
        {"org.a11y.atspi.Table",
         {{"GetAccessibleAt", "i i", "(so)"},
          {"GetIndexAt", "i i", "i"},
          {"GetRowAtIndex", "i", "i"},
          {"GetColumnAtIndex", "i", "i"},
          {"GetRowDescription", "i", "s"},
          {"GetColumnDescription", "i", "s"},
          {"GetRowExtentAt", "i i", "i"},
          {"GetColumnExtentAt", "i i", "i"},
          {"GetRowHeader", "i", "(so)"},
          {"GetColumnHeader", "i", "(so)"},
          {"GetSelectedRows", "", "ai"},
          {"GetSelectedColumns", "", "ai"},
          {"IsRowSelected", "i", "b"},
          {"IsColumnSelected", "i", "b"},
          {"IsSelected", "i i", "b"},
          {"GetRowColumnExtentsAtIndex", "i", "b i i i i b"}},
         {{"NRows", "i"},
          {"NColumns", "i"},
          {"Caption", "(so)"},
          {"Summary", "(so)"},
          {"NSelectedRows", "i"},
          {"NSelectedColumns", "i"}}},
        {"org.a11y.atspi.TableCell",
         {{"GetRowColumnSpan", "", "b i i i i"},
          {"GetRowHeaderCells", "", "a(so)"},
          {"GetColumnHeaderCells", "", "a(so)"}},
         {{"ColumnSpan", "i"}, {"RowSpan", "i"}, {"Position", "(ii)"}, {"Table", "(so)"}}},
        {"org.a11y.atspi.Value",
         {},
         {{"MinimumValue", "d"},
          {"MaximumValue", "d"},
          {"MinimumIncrement", "d"},
          {"CurrentValue", "d"},
          {"Text", "s"}}},
        {"org.a11y.atspi.Collection", {{"GetMatches", "(aiia{ss}iaiiasib) u i b", "a(so)"}}, {}},
        {"org.a11y.atspi.Cache", {{"GetItems", "", "a((so)(so)(so)iiassusau)"}}, {}},
    };
    return all;
}

void append_arguments(std::string& xml, std::string_view all, const char* direction) {
    for (std::size_t at = 0; at < all.size();) {
        const auto end = std::min(all.find(' ', at), all.size());
        xml += "<arg type='" + std::string(all.substr(at, end - at)) + "' direction='" + direction + "'/>";
        at = end + 1;
    }
}

bool writable(const char* property) {
    return std::strcmp(property, "Id") == 0 || std::strcmp(property, "CurrentValue") == 0;
}

}  // namespace

std::string description_of_interfaces() {
    std::string xml = "<node>";
    for (const Interface& one : spoken()) {
        xml += std::string("<interface name='") + one.name + "'>";
        for (const Method& method : one.methods) {
            xml += std::string("<method name='") + method.name + "'>";
            append_arguments(xml, method.in, "in");
            append_arguments(xml, method.out, "out");
            xml += "</method>";
        }
        for (const Property& property : one.properties)
            xml += std::string("<property name='") + property.name + "' type='" + property.signature + "' access='" +
                   (writable(property.name) ? "readwrite" : "read") + "'/>";
        xml += "</interface>";
    }
    return xml + "</node>";
}

std::vector<const char*> interfaces_of(const Node* node) {
    std::vector<const char*> all = {"org.a11y.atspi.Accessible"};
    if (!node) {
        all.push_back("org.a11y.atspi.Application");
        return all;
    }
    const Role role = node->role;
    all.push_back("org.a11y.atspi.Component");
    if (!node->press.empty()) all.push_back("org.a11y.atspi.Action");
    if (node->prose) all.push_back("org.a11y.atspi.Text");
    if (node->prose && node->is(State::editable)) all.push_back("org.a11y.atspi.EditableText");
    if (node->selects) all.push_back("org.a11y.atspi.Selection");
    if (node->prose && node->flows) all.push_back("org.a11y.atspi.Hypertext");
    if (role == Role::link) all.push_back("org.a11y.atspi.Hyperlink");
    if (role == Role::document_web) all.push_back("org.a11y.atspi.Document");
    if (role == Role::document_web || role == Role::frame) all.push_back("org.a11y.atspi.Collection");
    if (role == Role::table) all.push_back("org.a11y.atspi.Table");
    if (is_cell(role)) all.push_back("org.a11y.atspi.TableCell");
    if (role == Role::slider) all.push_back("org.a11y.atspi.Value");
    return all;
}

}  // namespace sipdex::window::accessible
