#include "window/replay/fork_lab_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "simulator/what_if/fork_lab.h"
#include "window/kit/number_in.h"

namespace sipdex::window {

namespace {

constexpr std::array<int, 12> answers{200, 302, 401, 404, 408, 480, 486, 488, 500, 503, 603, 607};
constexpr std::array<int, 8> delays{0, 1, 2, 3, 5, 8, 12, 20};
constexpr std::size_t fewest = simulator::fewest_fork_phones, most = simulator::most_fork_phones;

const std::vector<std::string>& first_phones() {
    static const std::vector<std::string> phones{"486@3s", "603@5s", "200@8s"};
    return phones;
}

// "486@3s" in its two parts; what only rings or is off has no second.
std::string status_of(const std::string& phone) { return phone.substr(0, phone.find('@')); }
std::string delay_of(const std::string& phone) {
    const std::size_t at = phone.find('@');
    return at == std::string::npos ? std::string() : phone.substr(at + 1);
}

std::string with_status(const std::string& phone, const std::string& status) {
    if (status == "180" || status == "off") return status;
    return status + "@" + (delay_of(phone).empty() ? "3s" : delay_of(phone));
}

Wish with_phones(std::vector<std::string> phones) {
    return {Wish::Kind::replace, {"forks", {}, std::move(phones)}, {}, {}};
}

std::string status_words(Ui& ui, const std::string& status) {
    if (status == "180") return ui.words().window_phone_only_rings();
    return status == "off" ? ui.words().window_phone_off() : status;
}

// "3s" as the reader's language writes it; what is no whole number of seconds stays as it was typed.
std::string delay_words(Ui& ui, const std::string& delay) {
    if (!delay.ends_with('s')) return delay;
    const auto seconds = number_in<std::int64_t>(std::string_view(delay).substr(0, delay.size() - 1));
    return seconds ? ui.words().window_seconds(*seconds) : delay;
}

std::vector<Choice> statuses(Ui& ui, const std::string& phone) {
    std::vector<Choice> choices;
    for (const ListedResponse& code : ui.library.codes())
        if (std::find(answers.begin(), answers.end(), code.code) != answers.end() &&
            code.id == std::to_string(code.code))
            choices.push_back({code.id, code.phrase, code.gloss, code.code, status_of(phone) == code.id});
    for (const char* silent : {"180", "off"})
        choices.push_back({silent, status_words(ui, silent), {}, 0, phone == silent});
    return choices;
}

std::vector<Choice> delays_for(Ui& ui, const std::string& phone) {
    std::vector<Choice> choices;
    for (const int seconds : delays) {
        const std::string id = fmt::format("{}s", seconds);
        choices.push_back({id, delay_words(ui, id), {}, 0, delay_of(phone) == id});
    }
    return choices;
}

}  // namespace

// What it answers, when, and a cross where there are more phones than a lab needs: they stay together in a row.
void ForkLabView::add_phone(Ui& ui, Flow& flow, std::size_t index, const std::vector<std::string>& phones,
                            Wishes& wishes) {
    const std::string& one = phones[index];
    Button status{fmt::format("phone:{}", index), status_words(ui, status_of(one)), std::nullopt, Look::plain};
    if (const auto code = number_in<int>(status_of(one)); code && *code >= 200) status.icon = icon_of_class(*code);
    Button delay{fmt::format("delay:{}", index), delay_words(ui, delay_of(one)), std::nullopt, Look::ghost};
    status.menu = delay.menu = true;
    const double width = width_of(ui, status) + ui.px(2), delay_width = delay_of(one).empty() ? 0 : width_of(ui, delay);
    const bool removable = phones.size() > fewest;
    const double whole = width + delay_width + (removable ? ui.px(button_height) : 0);
    flow.add(whole, [this, &ui, &phones, &wishes, one, index, status, delay, width, delay_width, removable](double x,
                                                                                                            double y) {
        if (button(ui, status, x, y))
            menu_.open(ui, fmt::format("status {}", index), {x, y, width, ui.px(button_height)}, statuses(ui, one));
        if (delay_width > 0 && button(ui, delay, x + width, y))
            menu_.open(ui, fmt::format("delay {}", index), {x + width, y, delay_width, ui.px(button_height)},
                       delays_for(ui, one));
        if (removable &&
            button(ui, {fmt::format("unplug:{}", index), ui.words().window_remove(), Icon::close, Look::ghost, true},
                   x + width + delay_width, y)) {
            std::vector<std::string> fewer = phones;
            fewer.erase(fewer.begin() + std::ptrdiff_t(index));
            wishes.push_back(with_phones(std::move(fewer)));
        }
    });
}

// All phones, in as many rows as it takes; gives the height.
double ForkLabView::bar(Ui& ui, const Rect& where, const std::vector<std::string>& phones, Wishes& wishes) {
    Flow flow(ui);
    const std::string lead = ui.words().window_fork_lead();
    flow.add(ui.set(lead, Type::body, true).width() + ui.px(6), [&ui, lead](double x, double y) {
        ui.word(lead, Type::body, true, x, y + ui.px(button_height) / 2, ui.colour(Role::text));
    });
    for (std::size_t i = 0; i < phones.size(); ++i) add_phone(ui, flow, i, phones, wishes);
    if (phones.size() < most)
        flow.add_button({"add-phone", ui.words().window_add_phone(), Icon::plus, Look::ghost, true},
                        [&phones, &wishes] {
                            std::vector<std::string> more = phones;
                            more.push_back("180");
                            wishes.push_back(with_phones(std::move(more)));
                        });
    return flow.draw(where.x + ui.px(16), where.y + ui.px(8), where.width - ui.px(28)) + ui.px(16);
}

void ForkLabView::draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) {
    const auto unheard_of = [](const std::string& phone) { return !simulator::read_fork_phone(phone); };
    if (place.ids.size() < fewest || place.ids.size() > most ||
        std::any_of(place.ids.begin(), place.ids.end(), unheard_of))
        place.ids = first_phones();
    const double height = alone() ? 0 : bar(ui, where, place.ids, wishes);
    if (height > 0) hairline(ui, where.x, where.y + height, where.width);
    replay_.draw(ui, {where.x, where.y + height, where.width, where.height - height}, place, wishes);
}

void ForkLabView::draw_above(Ui& ui, Place& place, Wishes& wishes) {
    replay_.draw_above(ui, place, wishes);
    const auto picked = menu_.draw(ui);
    if (!picked) return;
    std::vector<std::string> phones = place.ids;
    const std::size_t space = menu_.purpose().find(' ');
    const auto index = number_in<std::size_t>(std::string_view(menu_.purpose()).substr(space + 1));
    if (!index || *index >= phones.size()) return;
    std::string& one = phones[*index];
    one = menu_.purpose().starts_with("status") ? with_status(one, *picked) : status_of(one) + "@" + *picked;
    wishes.push_back(with_phones(std::move(phones)));
}

bool ForkLabView::escape() {
    if (menu_.is_open()) {
        menu_.close();
        return true;
    }
    return replay_.escape();
}

}  // namespace sipdex::window
