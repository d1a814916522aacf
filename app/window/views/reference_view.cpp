#include "window/views/reference_view.h"

#include <algorithm>

#include "user/page_name.h"
#include "window/kit/code_choice.h"

namespace sipdex::window {

void ReferenceView::load(Ui& ui, const Place& place) {
    std::string wanted = ui.language() + "/";
    id_.clear();
    const auto* term = std::get_if<document::ToTerm>(&place.target);
    if (const auto* response = std::get_if<document::ToResponse>(&place.target)) id_ = response->id;
    wanted += id_.empty() && term ? "term/" + term->id : id_;
    const bool other = wanted != loaded_;
    const unsigned kept = ui.library.kept_changes();
    if (!other && kept == kept_) return;
    loaded_ = std::move(wanted);
    kept_ = kept;
    page_.show(term ? ui.library.term(term->id) : ui.library.response(id_));
    replays_.clear();
    int code = page_.document().mastheads.empty() ? 0 : page_.document().mastheads.front().code;
    for (ListedExchange& exchange : ui.library.exchanges())
        if (code && std::find(exchange.codes.begin(), exchange.codes.end(), code) != exchange.codes.end())
            replays_.push_back(std::move(exchange));
    if (!other) return;  // only what is theirs has changed: the page stays where it is
    scroll_ = {};
    scroll_.at = place.scroll;
    scroll_.content = 1e9;  // until it is laid out, so that the place kept is not cut short
}

std::vector<Button> ReferenceView::actions(Ui& ui, const document::Target& page) const {
    const Button favourite = favourite_button(ui, page);
    if (page_.document().mastheads.empty())
        return user::name_of_page(page).empty() ? std::vector<Button>{} : std::vector<Button>{favourite};
    const Button ticket{"ticket", ui.words().window_ticket(), Icon::copy, Look::plain};
    if (id_.empty()) return {ticket};  // of what was pasted
    std::vector<Button> actions;
    actions.push_back({"compare-with", ui.words().window_compare_with(), Icon::swap, Look::plain});
    if (!replays_.empty())
        actions.push_back({"replay", ui.words().window_replay(), Icon::play, Look::primary, false, true, false});
    actions.push_back({"sheet", ui.words().window_sheet(), Icon::sheet, Look::plain});
    actions.push_back(ticket);
    actions.push_back({"note", ui.words().window_note(), Icon::pencil, Look::plain});
    actions.push_back(favourite);
    return actions;
}

void ReferenceView::draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) {
    load(ui, place);
    if (place.scroll != told_scroll_) scroll_.at = place.scroll;  // another visit to the same page
    const Asked asked = page_.draw(ui, "page", where, scroll_, actions(ui, place.target));
    place.scroll = told_scroll_ = scroll_.at;
    follow(asked.target, wishes);
    if (asked.action.empty()) return;
    Rect anchor{};
    for (const Ui::Thing& thing : ui.things())
        if (thing.id == asked.action) anchor = thing.where;
    if (asked.action == "sheet") wishes.push_back({Wish::Kind::sheet, {}, {}, page_.document()});
    if (asked.action == "note" || asked.action == "favourite")
        wishes.push_back({Wish::Kind::command, {}, asked.action, {}});
    if (asked.action == "ticket") wishes.push_back({Wish::Kind::ticket, {}, {}, page_.document()});
    if (asked.action == "compare-with") {
        const auto narrow = codes_by_words(ui.library, {});
        menu_.open(ui, "compare", anchor, narrow(""), narrow);
    }
    if (asked.action == "replay") {
        if (replays_.size() == 1) {
            wishes.push_back({Wish::Kind::go, {"simulator", {}, {replays_.front().id}}, {}, {}});
        } else {
            std::vector<Choice> choices;
            for (const auto& exchange : replays_) choices.push_back({exchange.id, exchange.title, {}, 0, false});
            menu_.open(ui, "replay", anchor, choices);
        }
    }
}

void ReferenceView::draw_above(Ui& ui, Place&, Wishes& wishes) {
    const auto picked = menu_.draw(ui);
    if (!picked) return;
    if (menu_.purpose() == "compare") wishes.push_back({Wish::Kind::go, {"compare", {}, {id_, *picked}}, {}, {}});
    if (menu_.purpose() == "replay") wishes.push_back({Wish::Kind::go, {"simulator", {}, {*picked}}, {}, {}});
}

bool ReferenceView::escape() {
    const bool was = menu_.is_open();
    menu_.close();
    return was || page_.escape();
}

}  // namespace sipdex::window
