#include "window/workbench/status_bar.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {
constexpr std::array sizes{0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0};
constexpr std::size_t languages_side_by_side = 3;
constexpr double trouble_side = 16, trouble_pad = 6, trouble_icon = 16;  // units
constexpr int most_lines_of_trouble = 5;
constexpr double most_of_window = 0.3;  // that trouble may take: the rest of the window is to be used all the same

double words_left(const Ui& ui) { return ui.px(trouble_side + trouble_icon + 10); }

typeset::Lines trouble_words(Ui& ui, const std::string& trouble, double width) {
    typeset::Style style = ui.style(Type::body);
    style.most_lines =
        std::clamp(int(ui.ink.height() * most_of_window / (style.size * style.line_height)), 1, most_lines_of_trouble);
    const double room = width - words_left(ui) - ui.px(trouble_side + button_height + 8);
    return ui.ink.set(trouble, style, std::max(ui.px(60), std::floor(room)), ui.language());
}

}  // namespace

double larger(double size) {
    const auto next = std::find_if(sizes.begin(), sizes.end(), [&](double one) { return one > size + 0.001; });
    return next == sizes.end() ? largest_text : *next;
}

double smaller(double size) {
    const auto next = std::find_if(sizes.rbegin(), sizes.rend(), [&](double one) { return one < size - 0.001; });
    return next == sizes.rend() ? smallest_text : *next;
}

double StatusBar::height(Ui& ui, double width, const std::string& trouble) {
    if (trouble.empty()) return ui.px(status_row);
    return ui.px(status_row) + std::max(ui.px(button_height), trouble_words(ui, trouble, width).height()) +
           2 * ui.px(trouble_pad);
}

void StatusBar::draw(Ui& ui, const Rect& where, double text_size, const std::string& trouble, Changed& changed) {
    ui.ink.fill(where, ui.colour(Role::surface));
    hairline(ui, where.x, where.y, where.width);
    const double row = ui.px(status_row);
    if (!trouble.empty()) {
        draw_trouble(ui, {where.x, where.y, where.width, where.height - row}, trouble);
        hairline(ui, where.x, where.y + where.height - row, where.width);
    }
    controls(ui, {where.x, where.y + where.height - row, where.width, row}, text_size, changed);
}

void StatusBar::draw_trouble(Ui& ui, const Rect& where, const std::string& trouble) {
    const auto words = trouble_words(ui, trouble, where.width);
    accessible::Node said{"trouble"};
    said.role = accessible::Role::notification;
    said.name = trouble;
    said.where = ui.box_of(where);
    ui.outline.add(std::move(said));
    const double top = where.y + std::round((where.height - words.height()) / 2), icon = ui.px(trouble_icon);
    const double line = words.height() / double(std::max<std::size_t>(1, words.count()));
    ui.ink.icon(Icon::warning, {where.x + ui.px(trouble_side), top + std::round((line - icon) / 2), icon, icon},
                ui.colour(Role::server_failure));
    ui.ink.text(words, where.x + words_left(ui), top, words.width(), ui.colour(Role::text));
    const double x = where.x + where.width - ui.px(trouble_side / 2 + button_height),
                 y = where.y + std::round((where.height - ui.px(button_height)) / 2);
    if (button(ui, {"trouble/copy", ui.words().window_copy(), Icon::copy, Look::ghost, true}, x, y))
        ImGui::SetClipboardText(trouble.c_str());
}

void StatusBar::controls(Ui& ui, const Rect& where, double text_size, Changed& changed) {
    const double y = where.y + std::round((where.height - ui.px(button_height)) / 2),
                 middle = where.y + where.height / 2;
    double x = where.x + ui.px(8);
    const auto languages = ui.library.languages();
    if (languages.size() <= languages_side_by_side) {
        for (const Language& language : languages) {
            Button one{"language:" + language.tag, language.name, std::nullopt, Look::ghost};
            one.chosen = language.tag == ui.language();
            const double width = width_of(ui, one), height = ui.px(26);
            const Rect box{x, std::round(middle - height / 2), width, height};
            const auto touch = ui.touch(one.id, box, "button", one.label, true, one.chosen);
            if (accessible::Node* node = ui.outline.last()) {
                node->role = accessible::Role::toggle_button;
                node->set(accessible::State::pressed, one.chosen);
                node->language = language.tag;
            }
            if (one.chosen) ui.ink.fill(box, ui.colour(Role::accent, 0.14f), ui.px(5));
            else if (touch.hovered) ui.ink.fill(box, ui.colour(Role::text, 0.07f), ui.px(5));
            const auto words = ui.set(one.label, Type::caption, one.chosen);
            ui.ink.text(words, x + std::round((width - words.width()) / 2), middle - words.height() / 2, 0,
                        ui.colour(one.chosen ? Role::accent : Role::secondary));
            if (touch.pressed) changed.language = language.tag;
            x += width + ui.px(2);
        }
    } else {
        const auto now = std::find_if(languages.begin(), languages.end(),
                                      [&](const Language& one) { return one.tag == ui.language(); });
        Button one{"language", now == languages.end() ? ui.language() : now->name, std::nullopt, Look::ghost};
        one.menu = true;
        if (button(ui, one, x, y)) {
            std::vector<Choice> choices;
            for (const Language& language : languages)
                choices.push_back({language.tag, language.name, {}, 0, language.tag == ui.language()});
            menu_.open(ui, "language", {x, y, width_of(ui, one), ui.px(button_height)}, choices);
        }
        x += width_of(ui, one);
    }
    x += ui.px(12);

    double right = where.x + where.width - ui.px(8) - ui.px(button_height);
    const std::string& theme = ui.palette().theme();
    const Icon icon = theme == "light" ? Icon::sun : theme == "dark" ? Icon::moon : Icon::contrast;
    // Placed from the right edge, but registered in reading order: the Tab key follows the eye.
    const double theme_at = right;
    const double keys_at = right -= ui.px(button_height + 2);
    const double plus_at = right -= ui.px(button_height + 8);
    const std::string percent = fmt::format("{:.0f} %", text_size * 100);
    const double percent_width = ui.px(52);
    const double percent_at = right -= percent_width;
    const double minus_at = right -= ui.px(button_height);

    if (registered_ == 0)
        for (const ListedResponse& code : ui.library.codes()) ++(code.status == "registered" ? registered_ : others_);
    const std::string catalog =
        registered_ == 0 ? std::string()
                         : ui.words().window_catalog(ui.library.catalog_version(), long(registered_), long(others_));
    // Less where there is less room, and nothing rather than half of it.
    for (const std::string& words : {catalog, ui.words().sheet_origin(ui.library.catalog_version())})
        if (!catalog.empty() && ui.set(words, Type::caption).width() <= minus_at - x - ui.px(12)) {
            ui.word(words, Type::caption, false, x, middle, ui.colour(Role::secondary));
            break;
        }

    const auto small = [&](const char* id, const std::string& label, const char* sign, double at, bool enabled) {
        const Rect box{at, y, ui.px(button_height), ui.px(button_height)};
        const auto touch = ui.touch(id, box, "icon", label, enabled);
        if (touch.hovered) ui.ink.fill(grown(box, -ui.px(3)), ui.colour(Role::text, 0.08f), ui.px(5));
        const auto words = ui.set(sign, Type::body);
        ui.ink.text(words, at + std::round((box.width - words.width()) / 2), middle - words.height() / 2, 0,
                    ui.colour(Role::secondary, enabled ? 1 : 0.4f));
        return touch.pressed;
    };
    if (small("text-smaller", ui.words().window_text_smaller(), "−", minus_at, text_size > smallest_text))
        changed.text_size = smaller(text_size);
    const Rect reset{percent_at, y, percent_width, ui.px(button_height)};
    const auto touch = ui.touch("text-normal", reset, "icon", ui.words().window_text_normal());
    const auto words = ui.set(percent, Type::caption);
    ui.ink.text(words, percent_at + std::round((percent_width - words.width()) / 2), middle - words.height() / 2, 0,
                ui.colour(touch.hovered ? Role::text : Role::secondary));
    if (touch.pressed) changed.text_size = 1.0;
    if (small("text-larger", ui.words().window_text_larger(), "+", plus_at, text_size < largest_text))
        changed.text_size = larger(text_size);
    if (button(ui, {"keys", ui.words().window_keys(), Icon::help, Look::ghost, true}, keys_at, y)) changed.keys = true;
    if (button(ui, {"theme", ui.words().window_theme(), icon, Look::ghost, true}, theme_at, y)) {
        const auto& all = themes();
        const auto at = std::find(all.begin(), all.end(), theme);
        changed.theme = at == all.end() || at + 1 == all.end() ? all.front() : *(at + 1);
    }
}

void StatusBar::draw_above(Ui& ui, Changed& changed) {
    if (const auto picked = menu_.draw(ui)) changed.language = *picked;
}

bool StatusBar::escape() {
    const bool was = menu_.is_open();
    menu_.close();
    return was;
}

}  // namespace sipdex::window
