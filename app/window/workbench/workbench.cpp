#include "window/workbench/workbench.h"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>

#include "language/characters.h"
#include "window/kit/widgets.h"

namespace sipdex::window {

namespace {

constexpr double top_height = 52, narrowest_with_sidebar = 760;
constexpr std::size_t longest_trouble = 600;  // characters of what is said
constexpr double size_for_a_room = 1.4;       // of text that is read from the last row

std::string home_folder() {
    const char* home = std::getenv("HOME");
    return home && *home ? home : ".";
}

}  // namespace

Workbench::Workbench(Library& library, user::Settings& settings, Textures& textures, Place first, Outside outside)
    : library_(library),
      settings_(settings),
      outside_(std::move(outside)),
      typesetter_(typeset::Typesetter::For::screen),
      atlas_(textures),
      palette_(settings.text("theme", "light")),
      ink_(typesetter_, atlas_),
      ui_(ink_, input_, library),
      history_(Place{"start", {}, {}}),
      sheet_(outside_, textures),
      arrivals_(settings.arrivals()) {
    for (const ListedView& listed : views()) made_.push_back({listed.id, nullptr});
    take_settings();
    const bool asked_for = !first.view.empty();
    if (!asked_for) first = remembered_place();
    const auto known = std::find_if(made_.begin(), made_.end(), [&](const Made& one) { return one.id == first.view; });
    if (known != made_.end()) history_.replace(std::move(first));
    // Only what becomes different from now on is the reader's doing.
    if (!asked_for) kept_["place"] = words_of(here());
}

Workbench::~Workbench() = default;

void Workbench::make(Made& made) {
    for (const ListedView& listed : views())
        if (made.id == listed.id) made.view = listed.make();
    const std::string key = "folds-" + made.id;
    made.view->set_folds(settings_.text(key));
    kept_[key] = made.view->folds();
}

void Workbench::make_views_anew() {
    for (Made& made : made_) make(made);
    sidebar_.forget();
    status_.forget();
    given_up_.reset();
}

View& Workbench::view() const {
    const auto made = std::find_if(made_.begin(), made_.end(), [&](const Made& one) { return one.id == here().view; });
    return *(made == made_.end() ? made_.front() : *made).view;
}

void Workbench::go(Place place) { history_.go(std::move(place)); }

std::string Workbench::subject() const {
    const Place& place = here();
    if (const auto* response = std::get_if<document::ToResponse>(&place.target)) {
        for (const ListedResponse& code : library_.codes())
            if (code.id == response->id) return fmt::format("{} {}", code.code, code.phrase);
        return response->id;
    }
    if (place.view == "compare" && place.ids.size() >= 2)
        return library_.words().window_versus(place.ids[0], place.ids[1]);
    for (const ListedView& listed : views())
        if (place.view == listed.id && listed.label) return (library_.words().*listed.label)();
    return {};
}

std::string Workbench::title() const {
    try {
        if (const std::string what = subject(); !what.empty()) return library_.words().window_title(what);
    } catch (...) {  // told where the page is drawn
    }
    return "Sipdex";
}

std::optional<double> Workbench::wait(double seconds) const {
    constexpr double soon = 0.25;  // to ask for the catalog again, or whether files were chosen
    const auto save = settings_.wait(seconds);
    if (!library_.unsettled() && !choosing_.valid()) return save;
    return std::min(soon, save.value_or(soon));
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
    Wishes wishes;
    Changed changed;
    if (!safely("frame", [&] { draw(width, height, seconds, screen_scale, wishes, changed); })) ui_.back_to({});
    ImGui::End();
    take_dropped(wishes);
    safely("chosen", [&] { take_chosen(); });
    for (const Wish& wish : wishes) safely("wish", [&] { grant(wish); });
    safely("change", [&] { apply(changed); });
    safely("memory", [&] { remember(); });
    settings_.save(seconds);
}

void Workbench::draw(double width, double height, double seconds, double screen_scale, Wishes& wishes,
                     Changed& changed) {
    ink_.begin(ImGui::GetWindowDrawList(), width, height, mirrored_ || typeset::is_right_to_left(library_.language()),
               &palette_);
    const bool alone = view().alone();
    const double scale = text_scale(screen_scale), needed = alone ? view().width_alone(ui_) * scale : 0;
    const double enlarged = needed > 0 ? std::clamp(width / needed, 1.0, size_for_a_room) : size_for_a_room;
    ui_.begin(palette_, alone ? scale * enlarged : scale, seconds);
    // The window is cleared in the colour of the background before: painting it once more would cost as much as all else.
    if (settings_.arrivals() != arrivals_) safely("settings", [&] { take_late_settings(); });
    // What went wrong with something the reader did is told until the next thing they do.
    if (!input_.presses().empty() || !input_.clicks().empty())
        for (const char* done : {"wish", "change", "sheet"}) mishaps_.erase(done);
    safely("press", [&] { keys(); });
    if (alone) {
        middle({0, 0, width, height}, wishes);
        middle_above(wishes);
    } else {
        whole(width, height, wishes, changed);
    }
    if (!safely("keys", [&] { keys_.draw(ui_); })) keys_.close();
    safely("hint", [&] { hint_of_hovered(ui_); });
    ui_.draw_told();
    safely("page keys", [&] { page_keys(wishes); });
    ui_.end();
}

void Workbench::whole(double width, double height, Wishes& wishes, Changed& changed) {
    // What could not be shown while the catalog was in trouble is asked for again when that is over.
    std::string said;
    safely("trouble", [&] {
        const bool troubled = !library_.trouble().empty();
        if (library_troubled_ && !troubled) make_views_anew();
        library_troubled_ = troubled;
        said = language::shown(trouble(), longest_trouble);
    });
    const double top = ui_.px(top_height), bottom = status_.height(ui_, width, said);
    const bool with_sidebar = sidebar_.is_open() && width >= ui_.px(narrowest_with_sidebar);
    const double side = with_sidebar ? sidebar_.width(ui_, width) : 0;
    const double line = std::max(1.0, ui_.px(1));
    const double content = height - top - bottom - line;
    mishaps_.erase("commands");  // they are not asked for in every frame
    const auto offered = [this] {
        std::vector<Command> possible;
        safely("commands", [&] { possible = commands(); });  // without them the search goes on
        return possible;
    };
    const auto sidebar = [&](const Rect& head, const Rect& list) {
        safely("sidebar", [&] { sidebar_.draw(ui_, head, list, here(), offered, wishes); });
    };
    if (with_sidebar) {
        ink_.fill({0, 0, side, height - bottom}, palette_[Role::surface]);
        sidebar({0, 0, side, top}, {0, top, side, content + line});
        ink_.line(side, 0, side, height - bottom, palette_[Role::line], line);
        safely("sidebar edge", [&] { sidebar_.draw_edge(ui_, side, height - bottom); });
    }
    const double left = side + (with_sidebar ? line : 0);
    safely("bar", [&] { top_bar({left, 0, width - left, top}, wishes); });
    hairline(ui_, left, top, width - left);
    const Rect where{left, top + line, width - left, content};
    // Without room for a sidebar its list takes the middle while something is being looked for.
    if (!with_sidebar && (!sidebar_.typed().empty() || ui_.focus() == "search"))
        sidebar({left, top + line, width - left, ui_.px(52)},
                {left, top + line + ui_.px(52), width - left, content - ui_.px(52)});
    else middle(where, wishes);
    safely("status", [&] { status_.draw(ui_, {0, height - bottom, width, bottom}, text_size_, said, changed); });

    middle_above(wishes);
    safely("menu", [&] {
        status_.draw_above(ui_, changed);
        if (const auto picked = tabs_.draw_above(ui_)) open_view(*picked, wishes);
    });
    if (!safely("sheet", [&] { sheet_.draw(ui_); })) sheet_.close();
    if (!safely("notes", [&] { notes_.draw(ui_); })) notes_.close();
}

void Workbench::top_bar(const Rect& where, Wishes& wishes) {
    const double y = where.y + std::round((where.height - ui_.px(button_height)) / 2);
    double x = where.x + ui_.px(8);
    if (button(ui_, {"back", ui_.words().window_back(), Icon::back, Look::ghost, true, history_.can_go_back()}, x, y))
        history_.back();
    x += ui_.px(button_height + 2);
    if (button(ui_,
               {"forward", ui_.words().window_forward(), Icon::forward, Look::ghost, true, history_.can_go_forward()},
               x, y))
        history_.forward();
    x += ui_.px(button_height + 2);
    if (button(ui_, {"home", ui_.words().window_home(), Icon::home, Look::ghost, true}, x, y))
        wishes.push_back({Wish::Kind::go, {"start", {}, {}}, {}, {}});
    x += ui_.px(button_height + 2);
    if (!sidebar_.is_open() || ink_.width() < ui_.px(narrowest_with_sidebar)) {
        const std::string label =
            sidebar_.is_open() ? ui_.words().window_search_hint() : ui_.words().window_list_open();
        if (button(ui_, {"find", label, Icon::search, Look::ghost, true}, x, y)) sidebar_.go_to_field(ui_);
        x += ui_.px(button_height + 2);
    }
    x += ui_.px(10);
    if (const auto asked = tabs_.draw(ui_, x, where, here())) open_view(*asked, wishes);
}

void Workbench::open_view(const std::string& tab, Wishes& wishes) {
    wishes.push_back({Wish::Kind::go, place_behind_tab(library_, tab, here()), {}, {}});
}

// Whoever begins to type where letters are no keys means to search.
void Workbench::begin_search() {
    if (ui_.typing() || ui_.layer_open() || view().takes_letters()) return;
    const std::vector<unsigned> typed = input_.characters();
    const auto first = std::ranges::find_if(typed, [](unsigned character) {
        return character == '?' || character >= 0x80 || std::isalnum(int(character)) != 0;
    });
    if (first == typed.end()) return;
    if (*first == '?') return obey("keys");
    sidebar_.clear();
    sidebar_.go_to_field(ui_);
    input_.type_again({first, typed.end()});
}

// Goes back one level: a menu, a dialog, what was searched for, the page before.
bool Workbench::escape() {
    if (keys_.is_open() || notes_.is_open() || sheet_.is_open()) {
        if (keys_.is_open()) keys_.close();
        else if (notes_.is_open()) notes_.close();
        else return sheet_.escape();
        return true;
    }
    if (status_.escape() || tabs_.escape() || view().escape()) return true;
    if (!sidebar_.typed().empty() && ui_.focus() == "search") {
        sidebar_.clear();
        return true;
    }
    if (ui_.focus() == "search") return false;
    if (history_.can_go_back()) history_.back();
    return history_.can_go_back();
}

void Workbench::page_keys(Wishes& wishes) {
    const bool typing = ui_.typing();
    double by = 0;
    if (ui_.layer_open() && !keys_.is_open()) return;
    if (!keys_.is_open()) {
        begin_search();
        // What is selected goes before the note for the ticket.
        if (!typing && input_.take_press(Key::c, true) && !view().copy_selected(ui_) && can("ticket"))
            wishes.push_back({Wish::Kind::command, {}, "ticket", {}});
        if (!typing && input_.take_press(Key::a, true)) view().select_all();
    }
    const double page = std::max(ui_.px(100), ink_.height() - ui_.px(top_height + status_row + 96));
    if (input_.take_press(Key::page_down)) by += page;
    if (input_.take_press(Key::page_up)) by -= page;
    if (!typing && input_.take_press(Key::down)) by += ui_.px(56);
    if (!typing && input_.take_press(Key::up)) by -= ui_.px(56);
    if (!typing && input_.take_press(Key::home)) by -= 1e7;
    if (!typing && input_.take_press(Key::end)) by += 1e7;
    if (keys_.is_open()) keys_.scroll_by(by);
    else if (by != 0 && given_up()) given_up_->scroll.at += by;
    else if (by != 0) view().scroll_by(by);
    if (by != 0) ui_.keep_moving();
}

void Workbench::grant(const Wish& wish) {
    ui_.keep_moving();
    switch (wish.kind) {
        case Wish::Kind::go: history_.go(wish.place); break;
        case Wish::Kind::replace: history_.replace(wish.place); break;
        case Wish::Kind::search: sidebar_.search(ui_, wish.words); break;
        case Wish::Kind::sheet: open_sheet(wish.document); break;
        case Wish::Kind::ticket: {
            const std::string note = library_.ticket_note(wish.document);
            if (note.empty()) break;
            ImGui::SetClipboardText(note.c_str());
            ui_.tell(library_.words().window_ticket_copied());
            break;
        }
        case Wish::Kind::outside:
            if (outside_.open) outside_.open(wish.words);
            break;
        case Wish::Kind::command: obey(wish.words); break;
    }
}

void Workbench::open_sheet(const document::Document& page) {
    for (const char* key : {"sheet-header", "sheet-paper", "sheet-logo"}) kept_[key] = settings_.text(key);
    sheet_.open(ui_, page, page_of(here()),
                {settings_.text("sheet-folder", home_folder()), kept_["sheet-header"], kept_["sheet-paper"],
                 kept_["sheet-logo"]});
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
    if (changed.keys) keys_.open(ui_);
    if (changed.language || changed.theme || changed.text_size || changed.keys) ui_.keep_moving();
}

void Workbench::set_text_size(double size) {
    text_size_ = std::clamp(size, smallest_text, largest_text);
    settings_.set("text-size", text_size_);
    ui_.keep_moving();
}

}  // namespace sipdex::window
