#include "window/workbench.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "window/widgets.h"

namespace sipdex::window {

namespace {

constexpr double top_height = 52, status_height = 36, sidebar_width = 296, narrowest_with_sidebar = 760;
constexpr double size_for_a_room = 1.4;     // of text that is read from the last row

std::string home_folder() {
    const char* home = std::getenv("HOME");
    return home && *home ? home : ".";
}

}  // namespace

Workbench::Workbench(Library& library, user::Settings& settings, Textures& textures, Place first,
                     std::function<void(const std::string&)> open_outside)
    : library_(library), settings_(settings), open_outside_(std::move(open_outside)),
      typesetter_(typeset::Typesetter::For::screen), atlas_(textures), palette_(settings.text("theme", "light")),
      ink_(typesetter_, atlas_), ui_(ink_, input_, library), history_(Place{"start", {}, {}}) {
    text_size_ = std::clamp(settings.number("text-size", 1), smallest_text, largest_text);
    sidebar_.set_closed(settings.text("classes-closed"));
    for (const ListedView& listed : views()) {
        made_.push_back({listed.id, listed.make()});
        made_.back().view->set_folds(settings.text(fmt::format("folds-{}", listed.id)));
    }
    if (first.view.empty()) first = place_in_words(settings.text("place"));
    const auto known = std::find_if(made_.begin(), made_.end(), [&](const Made& one) { return one.id == first.view; });
    if (known != made_.end()) history_.replace(std::move(first));
}

Workbench::~Workbench() = default;

View& Workbench::view() {
    const auto made = std::find_if(made_.begin(), made_.end(), [&](const Made& one) { return one.id == here().view; });
    return *(made == made_.end() ? made_.front() : *made).view;
}

void Workbench::go(Place place) { history_.go(std::move(place)); }

std::string Workbench::title() const {
    const Place& place = here();
    std::string subject;
    if (const auto* response = std::get_if<document::ToResponse>(&place.target)) {
        subject = response->id;
        for (const ListedCode& code : library_.codes())
            if (code.id == response->id) subject = fmt::format("{} {}", code.code, code.phrase);
    } else if (place.view == "compare" && place.ids.size() >= 2) {
        subject = library_.label("window_versus", {{"one", place.ids[0]}, {"other", place.ids[1]}});
    } else {
        for (const ListedView& listed : views())
            if (place.view == listed.id && *listed.label) subject = library_.label(listed.label);
    }
    return subject.empty() ? "Sipdex" : library_.label("window_title", {{"subject", subject}});
}

std::string Workbench::trouble() const {
    const Argument file{"file", settings_.file().string()};
    switch (settings_.trouble()) {
        case user::Settings::Trouble::none: return {};
        case user::Settings::Trouble::unreadable: return library_.label("window_settings_unreadable", {file});
        case user::Settings::Trouble::newer: return library_.label("window_settings_newer", {file});
        case user::Settings::Trouble::read_only: return library_.label("window_settings_read_only", {file});
    }
    return {};
}

void Workbench::style_imgui() {
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowPadding = {0, 0};
    style.WindowBorderSize = 0;
    style.WindowRounding = 0;
    style.FrameBorderSize = 0;
}

void Workbench::frame(double width, double height, double seconds, double screen_scale) {
    style_imgui();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({float(width), float(height)});
    ImGui::Begin("Sipdex", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoBackground);
    ink_.begin(ImGui::GetWindowDrawList(), width, height, mirrored_ || typeset::is_right_to_left(library_.language()), &palette_);
    const bool alone = view().alone();
    ui_.begin(palette_, text_scale(screen_scale) * (alone ? size_for_a_room : 1), seconds);
    ink_.fill({0, 0, width, height}, palette_[Role::background]);
    keys();

    Wishes wishes;
    Changed changed;
    if (alone) {
        view().draw(ui_, {0, 0, width, height}, history_.here(), wishes);
        view().draw_above(ui_, history_.here(), wishes);
    } else {
        whole(width, height, wishes, changed);
    }
    hint_of_hovered(ui_);
    page_keys();
    ui_.end();
    ImGui::End();
    grant(wishes);
    apply(changed);
    remember();
}

void Workbench::whole(double width, double height, Wishes& wishes, Changed& changed) {
    const double top = ui_.px(top_height), bottom = ui_.px(status_height);
    const bool with_sidebar = width >= ui_.px(narrowest_with_sidebar);
    const double side = with_sidebar ? ui_.px(sidebar_width) : 0;
    const double line = std::max(1.0, ui_.px(1));
    const double content = height - top - bottom - line;
    if (with_sidebar) {
        ink_.fill({0, 0, side, height - bottom}, palette_[Role::surface]);
        sidebar_.draw(ui_, {0, 0, side, top}, {0, top, side, content + line}, here(), wishes);
        ink_.line(side, 0, side, height - bottom, palette_[Role::line], line);
    }
    const double left = side + (with_sidebar ? line : 0);
    top_bar({left, 0, width - left, top}, wishes);
    hairline(ui_, left, top, width - left);
    const Rect middle{left, top + line, width - left, content};
    // Without room for a sidebar its list takes the middle while something is being looked for.
    if (!with_sidebar && (!sidebar_.typed().empty() || ui_.focus() == "search"))
        sidebar_.draw(ui_, {left, top + line, width - left, ui_.px(52)},
                      {left, top + line + ui_.px(52), width - left, content - ui_.px(52)}, here(), wishes);
    else
        view().draw(ui_, middle, history_.here(), wishes);
    status_.draw(ui_, {0, height - bottom, width, bottom}, text_size_, trouble(), changed);

    view().draw_above(ui_, history_.here(), wishes);
    status_.draw_above(ui_, changed);
    sheet_.draw(ui_);
}

void Workbench::top_bar(const Rect& where, Wishes& wishes) {
    const double y = where.y + std::round((where.height - ui_.px(button_height)) / 2);
    double x = where.x + ui_.px(8);
    if (button(ui_, {"back", ui_.say("window_back"), Icon::back, Look::ghost, true, history_.can_go_back()}, x, y))
        history_.back();
    x += ui_.px(button_height + 2);
    if (button(ui_, {"forward", ui_.say("window_forward"), Icon::forward, Look::ghost, true, history_.can_go_forward()}, x, y))
        history_.forward();
    x += ui_.px(button_height + 2);
    if (button(ui_, {"home", ui_.say("window_home"), Icon::home, Look::ghost, true}, x, y))
        wishes.push_back({Wish::Kind::go, {"start", {}, {}}, {}, {}});
    x += ui_.px(button_height + 2);
    if (ink_.width() < ui_.px(narrowest_with_sidebar)) {
        if (button(ui_, {"find", ui_.say("window_search_hint"), Icon::search, Look::ghost, true}, x, y)) ui_.set_focus("search");
        x += ui_.px(button_height + 2);
    }
    x += ui_.px(10);
    for (const ListedView& listed : views()) {
        if (!*listed.label) continue;
        const bool chosen = here().view == listed.id;
        if (!tab(ui_, std::string("view:") + listed.id, ui_.say(listed.label), chosen, x, where.y, where.height) || chosen)
            continue;
        // A view takes along what is being read: 607 goes on to "607 with …" and to its replay.
        Place place{listed.id, {}, {}};
        const auto* response = std::get_if<document::ToResponse>(&here().target);
        const std::string from = here().view;
        if (place.view == "compare" && response) place.ids = {response->id};
        if (place.view == "reference" && from == "compare" && !here().ids.empty())
            place.target = document::ToResponse{here().ids.front()};
        if (place.view == "reference" && std::holds_alternative<std::monostate>(place.target)) {
            const auto codes = library_.codes();
            if (!codes.empty()) place.target = document::ToResponse{codes.front().id};
        }
        if (place.view == "simulator") {
            const auto codes = library_.codes();
            int wanted = 0;
            for (const ListedCode& code : codes)
                if (response && code.id == response->id) wanted = code.code;
            for (const ListedExchange& exchange : library_.exchanges())
                if (place.ids.empty() && std::find(exchange.codes.begin(), exchange.codes.end(), wanted) != exchange.codes.end())
                    place.ids = {exchange.id};
        }
        wishes.push_back({Wish::Kind::go, place, {}, {}});
    }
}

// Keys that mean the same everywhere. Those of a view are taken by the view.
void Workbench::keys() {
    const bool typing = ui_.typing();
    if (input_.take_press(Key::q, true)) closing_ = true;
    if (input_.take_press(Key::escape) && !escape()) ui_.set_focus({}, false);
    if (ui_.layer_open()) return;
    if (input_.take_press(Key::k, true) || (!typing && input_.take_press(Key::slash))) ui_.set_focus("search");
    if (input_.take_press(Key::left, false, true)) history_.back();
    if (input_.take_press(Key::right, false, true)) history_.forward();
    for (const int clicked : input_.clicks()) {
        if (clicked == 3) history_.back();
        if (clicked == 4) history_.forward();
    }
    if (input_.take_press(Key::plus, true)) set_text_size(larger(text_size_));
    if (input_.take_press(Key::minus, true)) set_text_size(smaller(text_size_));
    if (input_.take_press(Key::zero, true)) set_text_size(1);
    if (input_.take_press(Key::f1)) history_.go({"keys", {}, {}});
    if (input_.take_press(Key::e, true)) ui_.press("sheet");
}

// Goes back one level: a menu, a dialog, what was searched for, the page before.
bool Workbench::escape() {
    if (sheet_.is_open()) {
        sheet_.close();
        return true;
    }
    if (status_.escape() || view().escape()) return true;
    if (!sidebar_.typed().empty() && ui_.focus() == "search") {
        sidebar_.clear();
        return true;
    }
    if (ui_.focus() == "search") return false;
    if (history_.can_go_back()) history_.back();
    return history_.can_go_back();
}

void Workbench::page_keys() {
    if (ui_.layer_open()) return;
    const bool typing = ui_.typing();
    double by = 0;
    const double page = std::max(ui_.px(100), ink_.height() - ui_.px(top_height + status_height + 96));
    if (input_.take_press(Key::page_down)) by += page;
    if (input_.take_press(Key::page_up)) by -= page;
    if (!typing && input_.take_press(Key::down)) by += ui_.px(56);
    if (!typing && input_.take_press(Key::up)) by -= ui_.px(56);
    if (!typing && input_.take_press(Key::home)) by -= 1e7;
    if (!typing && input_.take_press(Key::end)) by += 1e7;
    if (by != 0) view().scroll_by(by);
    if (by != 0) ui_.keep_moving();
}

void Workbench::grant(const Wishes& wishes) {
    for (const Wish& wish : wishes) switch (wish.kind) {
            case Wish::Kind::go: history_.go(wish.place); break;
            case Wish::Kind::replace: history_.replace(wish.place); break;
            case Wish::Kind::search: sidebar_.search(ui_, wish.words); break;
            case Wish::Kind::sheet:
                sheet_.open(ui_, wish.document, settings_.text("sheet-folder", home_folder()));
                break;
            case Wish::Kind::outside:
                if (open_outside_) open_outside_(wish.words);
                break;
        }
    if (!wishes.empty()) ui_.keep_moving();
}

void Workbench::apply(const Changed& changed) {
    if (changed.language) {
        library_.set_language(*changed.language);
        settings_.set("language", *changed.language);
    }
    if (changed.theme) {
        palette_ = Palette(*changed.theme);
        settings_.set("theme", *changed.theme);
    }
    if (changed.text_size) set_text_size(*changed.text_size);
    if (changed.keys) history_.go({"keys", {}, {}});
    if (changed.language || changed.theme || changed.text_size || changed.keys) ui_.keep_moving();
}

void Workbench::set_text_size(double size) {
    text_size_ = std::clamp(size, smallest_text, largest_text);
    settings_.set("text-size", text_size_);
    ui_.keep_moving();
}

void Workbench::remember() {
    settings_.set("classes-closed", sidebar_.closed());
    if (const std::string words = words_of(here()); !words.empty()) settings_.set("place", words);
    for (const Made& made : made_)
        if (const std::string folds = made.view->folds(); !folds.empty() || !settings_.text("folds-" + made.id).empty())
            settings_.set("folds-" + made.id, folds);
    if (sheet_.is_open() && !sheet_.result().empty()) settings_.set("sheet-folder", sheet_.folder());
}

std::string Workbench::dump() const {
    std::string out;
    const auto place = [](const Rect& rect) {
        return fmt::format("{:.0f},{:.0f} {:.0f}x{:.0f}", rect.x, rect.y, rect.width, rect.height);
    };
    out += fmt::format("title\t{}\nplace\t{}\nlanguage\t{}\n", title(), here().view, library_.language());
    for (const Ui::Thing& thing : ui_.things())
        out += fmt::format("{}\t{}\t{}\t{}{}{}{}\n", thing.kind, thing.id, place(ink_.on_screen(thing.where)), thing.label,
                           thing.chosen ? "\tchosen" : "", thing.focused ? "\tfocused" : "", thing.enabled ? "" : "\tdisabled");
    for (const Ink::Written& written : ink_.written())
        out += fmt::format("words\t-\t{}\t{}\n", place(ink_.on_screen(written.where)), written.words);
    return out;
}

}  // namespace sipdex::window
