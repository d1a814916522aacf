// Exchanges are run as they are compiled: what they say of themselves must happen.
#include <algorithm>
#include <map>
#include <set>

#include "compile/check.h"
#include "simulator/run.h"

namespace sipdex::compile {

namespace {

using recording::Recording;
using simulator::Exchange;
using source::Problems;

std::string listed(const std::vector<int>& codes) {
    std::string all;
    for (const int code : codes) all += (all.empty() ? "" : ", ") + std::to_string(code);
    return all.empty() ? "no response" : all;
}

class Rehearsal {
public:
    Rehearsal(const source::File& file, const Exchange& exchange, const std::vector<simulator::Step>& common,
              const Subject* words, Problems& problems)
        : file_(file),
          exchange_(exchange),
          words_(words),
          problems_(problems),
          recording_(simulator::run(exchange, {.seed = std::nullopt, .common = common})) {}

    void check() {
        if (recording_.cut_off)
            problems_.add(file_, {1, 1, 1}, "does not come to rest: something in it repeats for ever");
        codes();
        steps();
        words();
    }

private:
    void codes() {
        const std::vector<int> delivered = simulator::delivered(recording_);
        for (const int code : exchange_.shows)
            if (std::find(delivered.begin(), delivered.end(), code) == delivered.end())
                problems_.add(file_, place_of(file_, "shows"),
                              "shows " + std::to_string(code) + ", but nobody receives it; when run it delivers " +
                                  listed(delivered));
    }

    void steps() {
        std::set<std::string> told;
        std::set<std::pair<std::string, std::string>> missing;
        for (const recording::Transmission& sent : recording_.messages) {
            told.insert(sent.step);
            for (const std::string& field : sent.marked)
                if (!sent.message.header(field)) missing.emplace(sent.step, field);
        }
        for (const simulator::Step& step : exchange_.steps) {
            const source::Place place = place_of(file_, "\"" + step.id + "\"");
            if (!told.contains(step.id))
                problems_.add(file_, place,
                              "the step '" + step.id +
                                  "' tells of no message: none fits its 'on', or an earlier step takes them all");
            for (const auto& [id, field] : missing)
                if (id == step.id)
                    problems_.add(file_, place,
                                  "the step '" + id + "' points at " + field + ", which its message does not have");
        }
    }

    void words() {
        if (!words_) return;  // told elsewhere
        std::vector<std::string> ids;
        for (const simulator::Step& step : exchange_.steps) ids.push_back(step.id);
        std::set<std::string> worded;
        for (const Words& each : words_->words) {
            if (!each.key.starts_with("step.")) continue;
            const std::string id = each.key.substr(5, each.key.rfind('.') - 5);
            worded.insert(id);
            if (std::find(ids.begin(), ids.end(), id) == ids.end())
                problems_.add(*each.file, each.value.place,
                              file_.name + " has no step '" + id + "'" + source::suggestion(id, ids));
        }
        for (const std::string& id : ids)
            if (!worded.contains(id))
                problems_.add(*words_->file, {}, "[step." + id + "] is missing, which " + file_.name + " names");
    }

    const source::File& file_;
    const Exchange& exchange_;
    const Subject* words_;
    Problems& problems_;
    Recording recording_;
};

}  // namespace

void check_exchanges(const Model& model, Problems& problems) {
    for (const auto& told : model.exchanges)
        if (const auto script = model.scripts.find(told.fact.id); script != model.scripts.end())
            Rehearsal(*told.file, script->second, model.common_steps, model.subject("en", "exchange/" + told.fact.id),
                      problems)
                .check();
}

}  // namespace sipdex::compile
