#include "window/fork_lab_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "window/widgets.h"

namespace sipdex::window {

namespace {

constexpr std::array<int, 12> answers{200, 302, 401, 404, 408, 480, 486, 488, 500, 503, 603, 607};
constexpr std::array<int, 8> delays{0, 1, 2, 3, 5, 8, 12, 20};
constexpr std::size_t fewest = 2, most = 5;

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

Wish with_phones(std::vector<std::string> phones) { return {Wish::Kind::replace, {"forks", {}, std::move(phones)}, {}, {}}; }

std::string status_words(Ui& ui, const std::string& status) {
    if (status == "180") return ui.say("window_phone_only_rings");
    return status == "off" ? ui.say("window_phone_off") : status;
}

// "3s" as the reader's language writes it; what is no whole number of seconds stays as it was typed.
std::string delay_words(Ui& ui, const std::string& delay) {
    if (delay.size() < 2 || delay.find_first_not_of("0123456789") != delay.size() - 1 || delay.back() != 's') return delay;
    return ui.say("window_seconds", {{"seconds", std::int64_t(std::stoll(delay))}});
}

}  // namespace

void ForkLabView::phone(Ui& ui, std::size_t index, const std::vector<std::string>& phones, double& x, double y, Wishes& wishes) {
    const std::string& one = phones[index];
    Button status{fmt::format("phone:{}", index), status_words(ui, status_of(one)), std::nullopt, Look::plain};
    status.menu = true;
    const double width = width_of(ui, status);
    if (button(ui, status, x, y, width)) {
        std::vector<Choice> choices;
        for (const ListedCode& code : ui.library.codes())
            if (std::find(answers.begin(), answers.end(), code.code) != answers.end() && code.id == std::to_string(code.code))
                choices.push_back({code.id, code.phrase, {}, code.code, status_of(one) == code.id});
        for (const char* silent : {"180", "off"}) choices.push_back({silent, status_words(ui, silent), {}, 0, one == silent});
        menu_.open(ui, fmt::format("status {}", index), {x, y, width, ui.px(button_height)}, choices);
    }
    x += width + ui.px(2);
    if (!delay_of(one).empty()) {
        Button delay{fmt::format("delay:{}", index), delay_words(ui, delay_of(one)), std::nullopt, Look::ghost};
        delay.menu = true;
        const double delay_width = width_of(ui, delay);
        if (button(ui, delay, x, y, delay_width)) {
            std::vector<Choice> choices;
            for (const int seconds : delays) {
                const std::string id = fmt::format("{}s", seconds);
                choices.push_back({id, delay_words(ui, id), {}, 0, delay_of(one) == id});
            }
            menu_.open(ui, fmt::format("delay {}", index), {x, y, delay_width, ui.px(button_height)}, choices);
        }
        x += delay_width;
    }
    if (phones.size() > fewest) {
        if (button(ui, {fmt::format("unplug:{}", index), ui.say("window_remove"), Icon::close, Look::ghost, true}, x, y)) {
            std::vector<std::string> fewer = phones;
            fewer.erase(fewer.begin() + std::ptrdiff_t(index));
            wishes.push_back(with_phones(std::move(fewer)));
        }
        x += ui.px(button_height);
    }
    x += ui.px(8);
}

void ForkLabView::draw(Ui& ui, const Rect& where, Place& place, Wishes& wishes) {
    if (place.ids.size() < fewest || place.ids.size() > most) place.ids = first_phones();
    const double height = alone() ? 0 : ui.px(48), y = where.y + ui.px(8);
    if (height > 0) {
        double x = where.x + ui.px(16);
        x += ui.word(ui.say("window_fork_lead"), Type::body, true, x, y + ui.px(button_height) / 2, ui.colour(Role::text)) + ui.px(12);
        for (std::size_t i = 0; i < place.ids.size(); ++i) phone(ui, i, place.ids, x, y, wishes);
        if (place.ids.size() < most && button(ui, {"add-phone", ui.say("window_add_phone"), Icon::plus, Look::ghost, true}, x, y)) {
            std::vector<std::string> more = place.ids;
            more.push_back("180");
            wishes.push_back(with_phones(std::move(more)));
        }
        hairline(ui, where.x, where.y + height, where.width);
    }
    replay_.draw(ui, {where.x, where.y + height, where.width, where.height - height}, place, wishes);
}

void ForkLabView::draw_above(Ui& ui, Place& place, Wishes& wishes) {
    replay_.draw_above(ui, place, wishes);
    const auto picked = menu_.draw(ui);
    if (!picked) return;
    std::vector<std::string> phones = place.ids;
    const std::size_t space = menu_.purpose().find(' ');
    std::string& one = phones.at(std::stoul(menu_.purpose().substr(space + 1)));
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
