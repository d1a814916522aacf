#include "window/replay/change_picker.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sip/contact.h"
#include "window/kit/code_choice.h"
#include "window/kit/number_in.h"

namespace sipdex::window {

namespace {

using Does = ChangeDraft::Does;
using Takes = simulator::ChangeableOption::Takes;

constexpr double time_units = 72, text_units = 200, widest_menu = 300;

struct Deed {
    Does does;
    const char* id;
    Sentence label;
};
constexpr std::array<Deed, 10> deeds{{
    {Does::answers, "answers", &Words::window_does_answers},
    {Does::answers_later, "answers-later", &Words::window_does_answers_later},
    {Does::never_answers, "never-answers", &Words::window_does_never_answers},
    {Does::goes_off, "goes-off", &Words::window_does_goes_off},
    {Does::comes_on, "comes-on", &Words::window_does_comes_on},
    {Does::chooses, "chooses", &Words::window_does_chooses},
    {Does::has_option, "has-option", &Words::window_does_has_option},
    {Does::loses, "loses", &Words::window_does_loses},
    {Does::loses_nothing, "loses-nothing", &Words::window_does_loses_nothing},
    {Does::delays, "delays", &Words::window_does_delays},
}};

const Deed& deed_of(Does does) {
    return *std::find_if(deeds.begin(), deeds.end(), [&](const Deed& deed) { return deed.does == does; });
}

constexpr const char* the_network = "*";  // in menus of parties

// "200 OK (INVITE)": what is lost is known by what it answers, too.
std::string label_of(const recording::Recording& recording, std::size_t message, bool with_status) {
    const sip::Message& sent = recording.messages[message].message;
    if (sent.is_request()) return sent.method;
    const std::string_view cseq = sent.header("CSeq").value_or("");
    const auto space = cseq.rfind(' ');
    const std::string phrase = with_status ? sip::label_of(sent) : sent.reason_phrase;
    return space == std::string_view::npos ? phrase : fmt::format("{} ({})", phrase, cseq.substr(space + 1));
}

// Of the Contacts that a party was offered by a 3xx.
std::vector<std::string> contacts_for(const recording::Recording& recording, const std::string& party) {
    std::vector<std::string> uris;
    for (const auto& sent : recording.messages) {
        if (recording.actors[sent.to].id != party || sent.message.status < 300 || sent.message.status >= 400) continue;
        for (const sip::Contact& contact : sip::contacts_in(sent.message)) {
            std::string uri = sip::to_text(contact.address.uri);
            if (std::find(uris.begin(), uris.end(), uri) == uris.end()) uris.push_back(std::move(uri));
        }
    }
    return uris;
}

}  // namespace

void ChangePicker::begin(const Offer& offer, const recording::Recording& recording,
                         std::optional<std::size_t> message) {
    offer_ = offer;
    draft_ = draft_for(offer, recording, message);
    with_field_ = false;
}

DraftedChange ChangePicker::drafted(const Ui& ui) const { return window::drafted(draft_, offer_, ui.words()); }

std::string ChangePicker::name_of(const Scene& scene, const std::string& party) const {
    if (party.empty()) return scene.ui.words().window_change_network();
    for (const recording::Actor& actor : scene.replay.recording.actors)
        if (actor.id == party) return actor.name;
    return party;
}

void ChangePicker::add_menu(Ui& ui, Flow& flow, const std::string& purpose, const std::string& label,
                            std::optional<Icon> icon, std::function<std::vector<Choice>()> choices,
                            Menu::Narrow narrow) {
    Button one{"what-if/" + purpose, label, icon, Look::plain};
    one.menu = true;
    const double width = std::min(width_of(ui, one), ui.px(widest_menu));
    flow.add(width, [this, &ui, one, width, purpose, choices, narrow](double x, double y) {
        if (button(ui, one, x, y, width))
            menu_.open(ui, purpose, {x, y, width, ui.px(button_height)}, choices(), narrow);
    });
}

void ChangePicker::add_field(Ui& ui, Flow& flow, const std::string& id, const std::string& hint, std::string& typed,
                             double units) {
    const double width = std::max(ui.px(units), ui.set(hint, Type::body).width() + ui.px(24));
    flow.add(width, [this, &ui, id, hint, &typed, width](double x, double y) {
        if (field(ui, "what-if/" + id, hint, typed, {x, y, width, ui.px(button_height)})) entered_ = true;
    });
}

void ChangePicker::add_answer(const Scene& scene, Flow& flow) {
    Ui& ui = scene.ui;
    ChangeDraft& draft = draft_;
    std::string label = ui.words().window_pick_code();
    for (const ListedResponse& code : ui.library.codes())
        if (code.id == std::to_string(draft.status)) label = ui.wire(fmt::format("{} {}", code.code, code.phrase));
    const auto* party = changeable_of(offer_, draft.party);
    const bool accepts = party && party->accepts;
    const auto narrow = [all = codes_by_words(ui.library, std::to_string(draft.status)),
                         accepts](const std::string& typed) {
        auto choices = all(typed);
        // What begins no number is no status, and who cannot pick up accepts nothing.
        std::erase_if(choices, [&](const Choice& choice) {
            return choice.id != std::to_string(choice.code) || (!accepts && choice.code / 100 == 2);
        });
        return choices;
    };
    add_menu(
        ui, flow, "code", label, draft.status ? std::optional(icon_of_class(draft.status)) : std::nullopt,
        [narrow] { return narrow(""); }, narrow);
    flow.add_word(ui.words().window_change_after());
    add_field(ui, flow, "seconds", ui.words().window_change_as_before(), draft.seconds, time_units);
    flow.add_word(ui.words().window_change_seconds());
    if (with_field_) {
        add_field(ui, flow, "header", "Retry-After: 60", draft.field, text_units);
        return;
    }
    const Button more{"what-if/add-field", ui.words().window_change_add_field(), Icon::plus, Look::ghost};
    flow.add_button(more, [this, &ui] {
        with_field_ = true;
        ui.set_focus("what-if/header", ui.focus_by_key());
    });
}

void ChangePicker::add_message(const Scene& scene, Flow& flow) {
    Ui& ui = scene.ui;
    const recording::Recording& recording = scene.replay.recording;
    const auto names = named_messages(recording);
    const auto chosen = std::find_if(names.begin(), names.end(),
                                     [&](const NamedMessage& one) { return one.pattern == draft_.message; });
    const auto way = [&recording, &ui](std::size_t message) {
        const auto& sent = recording.messages[message];
        return ui.words().window_change_way(recording.actors[sent.from].name, recording.actors[sent.to].name);
    };
    std::string label = ui.words().window_change_pick_message();
    if (chosen != names.end()) label = ui.wire(label_of(recording, chosen->first, true)) + "  " + way(chosen->first);
    add_menu(ui, flow, "message", label, std::nullopt, [names, way, &recording, message = draft_.message] {
        std::vector<Choice> choices;
        for (const NamedMessage& one : names)
            choices.push_back({one.pattern, label_of(recording, one.first, false), way(one.first),
                               recording.messages[one.first].message.status, one.pattern == message});
        return choices;
    });
    if (chosen == names.end()) return;
    const auto which = [&ui, count = chosen->count](std::size_t nth) {
        return nth == 0 ? ui.words().window_change_each()
                        : ui.words().window_change_number(std::to_string(nth), std::to_string(count));
    };
    add_menu(ui, flow, "nth", which(draft_.nth), std::nullopt, [which, count = chosen->count, nth = draft_.nth] {
        std::vector<Choice> choices;
        for (std::size_t i = 0; i <= std::min<std::size_t>(count, 20); ++i)
            choices.push_back({std::to_string(i), which(i), {}, 0, i == nth});
        return choices;
    });
}

void ChangePicker::add_option(const Scene& scene, Flow& flow) {
    Ui& ui = scene.ui;
    const auto* party = changeable_of(offer_, draft_.party);
    const auto options = party ? party->options : std::vector<simulator::ChangeableOption>{};
    const auto chosen =
        std::find_if(options.begin(), options.end(), [&](const auto& one) { return one.name == draft_.option; });
    // What has no words yet goes by its key in an exchange file.
    const auto words_for = [&ui](const std::string& name) {
        const std::string words = ui.words().window_setting(name);
        return words.empty() ? name : words;
    };
    add_menu(ui, flow, "option",
             chosen == options.end() ? ui.words().window_change_pick_option() : words_for(chosen->name), std::nullopt,
             [options, words_for, option = draft_.option] {
                 std::vector<Choice> choices;
                 // Those that are in use go first.
                 for (const bool used : {true, false})
                     for (const auto& one : options)
                         if (one.value.empty() != used) {
                             const std::string words = words_for(one.name);
                             const std::string remark = words == one.name   ? one.value
                                                        : one.value.empty() ? one.name
                                                                            : one.name + " = " + one.value;
                             choices.push_back({one.name, words, remark, 0, one.name == option});
                         }
                 return choices;
             });
    if (chosen == options.end()) return;
    if (chosen->takes == Takes::flag) {
        const auto words = [&ui](const std::string& value) {
            return ui.say(value == "true" ? &Words::window_change_yes : &Words::window_change_no);
        };
        add_menu(ui, flow, "flag", words(draft_.value), std::nullopt, [words, value = draft_.value] {
            std::vector<Choice> choices;
            for (const char* one : {"true", "false"}) choices.push_back({one, words(one), {}, 0, value == one});
            return choices;
        });
        return;
    }
    add_field(ui, flow, "value", chosen->value, draft_.value, chosen->takes == Takes::text ? text_units : time_units);
    if (chosen->takes == Takes::duration) flow.add_word(ui.words().window_change_seconds());
    const Button without{
        "what-if/without",     ui.words().window_change_without(), std::nullopt, Look::ghost, false, true,
        draft_.value == "none"};
    flow.add_button(without, [this] { draft_.value = "none"; });
}

void ChangePicker::add_values(const Scene& scene, Flow& flow) {
    Ui& ui = scene.ui;
    ChangeDraft& draft = draft_;
    const auto seconds = [&] {
        add_field(ui, flow, "seconds", "", draft.seconds, time_units);
        flow.add_word(ui.words().window_change_seconds());
    };
    const auto end = [&](const char* purpose, const std::string& party) {
        add_menu(ui, flow, purpose, name_of(scene, party), std::nullopt, [scene, party] {
            std::vector<Choice> choices;
            for (const recording::Actor& actor : scene.replay.recording.actors)
                choices.push_back({actor.id, actor.name, {}, 0, actor.id == party});
            return choices;
        });
    };
    switch (draft.does) {
        case Does::answers: return add_answer(scene, flow);
        case Does::answers_later: return seconds();
        case Does::loses: return add_message(scene, flow);
        case Does::has_option: return add_option(scene, flow);
        case Does::delays:
            seconds();
            flow.add_word(ui.words().window_change_between());
            end("one", draft.one);
            return end("other", draft.other);
        case Does::chooses: {
            const auto words = [&ui](const std::string& contact) {
                return contact == "best"   ? ui.words().choice_best_contact()
                       : contact == "none" ? ui.words().choice_no_contact()
                                           : contact;
            };
            return add_menu(ui, flow, "contact", words(draft.contact), std::nullopt, [scene, words, draft] {
                std::vector<std::string> all = contacts_for(scene.replay.recording, draft.party);
                all.insert(all.end(), {"best", "none"});
                std::vector<Choice> choices;
                for (const std::string& one : all) choices.push_back({one, words(one), {}, 0, one == draft.contact});
                return choices;
            });
        }
        case Does::never_answers:
        case Does::goes_off:
        case Does::comes_on:
        case Does::loses_nothing: return;
    }
}

Flow ChangePicker::flow(const Scene& scene) {
    Ui& ui = scene.ui;
    Flow flow(ui);
    add_menu(ui, flow, "who", name_of(scene, draft_.party), std::nullopt, [this, scene] {
        std::vector<Choice> choices;
        for (const recording::Actor& actor : scene.replay.recording.actors)
            choices.push_back({actor.id, actor.name, {}, 0, actor.id == draft_.party});
        choices.push_back({the_network, name_of(scene, {}), {}, 0, draft_.party.empty()});
        return choices;
    });
    add_menu(ui, flow, "does", ui.say(deed_of(draft_.does).label), std::nullopt, [this, &ui] {
        std::vector<Choice> choices;
        for (const Does does : deeds_of(offer_, draft_.party))
            choices.push_back({deed_of(does).id, ui.say(deed_of(does).label), {}, 0, does == draft_.does});
        return choices;
    });
    add_values(scene, flow);
    return flow;
}

void ChangePicker::draw_above(Ui& ui) {
    const auto picked = menu_.draw(ui);
    if (!picked) return;
    const std::string& purpose = menu_.purpose();
    ChangeDraft& draft = draft_;
    if (purpose == "who") {
        draft.party = *picked == the_network ? std::string() : *picked;
        const auto able = deeds_of(offer_, draft.party);
        if (std::find(able.begin(), able.end(), draft.does) == able.end() && !able.empty()) draft.does = able.front();
        draft.option.clear();
    } else if (purpose == "does") {
        for (const Deed& deed : deeds)
            if (*picked == deed.id) draft.does = deed.does;
    } else if (purpose == "option") {
        take_option(*picked);
    } else if (purpose == "code") {
        draft.status = number_in<int>(*picked).value_or(0);
    } else if (purpose == "nth") {
        draft.nth = number_in<std::size_t>(*picked).value_or(1);
    } else if (purpose == "message") {
        draft.message = *picked;
        draft.nth = 1;
    } else {
        (purpose == "contact" ? draft.contact
         : purpose == "flag"  ? draft.value
         : purpose == "one"   ? draft.one
                              : draft.other) = *picked;
    }
}

// A switch is there to be turned; of anything else what is there is a beginning.
void ChangePicker::take_option(const std::string& name) {
    draft_.option = name;
    draft_.value.clear();
    const auto* party = changeable_of(offer_, draft_.party);
    if (!party) return;
    for (const simulator::ChangeableOption& option : party->options)
        if (option.name == name && option.takes == Takes::flag)
            draft_.value = option.value == "true" ? "false" : "true";
        else if (option.name == name) draft_.value = option.value;
}

}  // namespace sipdex::window
