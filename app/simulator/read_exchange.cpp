#include "simulator/read_exchange.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "simulator/kinds.h"
#include "simulator/plan/names.h"

namespace sipdex::simulator {

namespace {

source::Value copy_of(const source::Value& all, std::size_t index) {
    return all.list() ? all.list()->at(index) : source::Value{};
}

Pattern read_on(source::Table& fields, std::string_view key) {
    const std::string text = fields.text(key);
    const auto pattern = read_pattern(text);
    if (!pattern && !text.empty())
        fields.problem(key,
                       "'" + text + "' names no message; write it as \"INVITE alice -> proxy\" or \"180 to INVITE\"");
    return pattern.value_or(Pattern{});
}

// `check` sees each pattern, to find the parties it names.
template <class Check>
std::vector<Step> read_steps(source::Table& root, Check check) {
    std::vector<Step> steps;
    std::set<std::string> ids;
    for (source::Table& fields : root.tables("step")) {
        Step step;
        step.id = fields.text("id");
        if (!ids.insert(step.id).second) fields.problem("id", "step '" + step.id + "' stands here twice");
        step.on = read_on(fields, "on");
        check(fields, step.on);
        step.nth = fields.number_or("nth", 0);
        step.rule = fields.text("rule");
        if (!step.rule.empty() && !step.rule.starts_with("RFC "))
            fields.problem("rule", "a rule names its RFC and section: \"RFC 3261 §8.1.3.4\"");
        step.look_at = fields.texts("look_at");
        fields.done();
        steps.push_back(std::move(step));
    }
    return steps;
}

// Reads the parts of one exchange that name parties, and checks the names.
class Reader {
public:
    Reader(source::Table& root, Exchange& exchange) : root_(root), exchange_(exchange) {}

    void read() {
        for (const long long code : root_.numbers("shows")) exchange_.shows.push_back(static_cast<int>(code));
        exchange_.seed = static_cast<std::uint64_t>(root_.number_or("seed", 1));
        read_parties();
        read_actions();
        read_names();
        if (auto fields = root_.table("network")) read_network(*fields);
        exchange_.steps =
            read_steps(root_, [&](source::Table& fields, const Pattern& on) { check_parties(fields, "on", on); });
        root_.done();
    }

private:
    void read_parties() {
        if (!root_.has("party")) root_.problem("party", "an exchange needs parties; begin with [[party]]");
        std::size_t index = 0;
        for (source::Table& fields : root_.tables("party")) {
            PartyPlan plan;
            plan.id = fields.text("id");
            plan.kind = fields.text("kind");
            plan.name = fields.text("name");
            plan.address = read_address(fields, "address").value_or(Address{});
            plan.host = fields.text_or("host", "");
            plan.options = copy_of(*root_.value("party"), index++);
            for (const PartyPlan& other : exchange_.parties) {
                if (other.id == plan.id) fields.problem("id", "party '" + plan.id + "' stands here twice");
                if (other.address == plan.address)
                    fields.problem("address",
                                   "'" + other.id + "' has the address " + to_text(plan.address) + " already");
            }
            if (const Kind* kind = kind_named(plan.kind)) {
                kind->check(fields);
                fields.done();
            } else if (!plan.kind.empty()) {
                fields.problem("kind", unknown("kind of party", plan.kind, kind_names()));
            }
            exchange_.parties.push_back(std::move(plan));
        }
    }

    void read_actions() {
        std::size_t index = 0;
        for (source::Table& fields : root_.tables("action")) {
            ActionPlan plan;
            plan.at = fields.duration_or("at", Time{});
            plan.party = fields.text("party");
            plan.does = fields.text("does");
            plan.options = copy_of(*root_.value("action"), index++);
            check_party(fields, "party", plan.party);
            const PartyPlan* party = party_named(plan.party);
            if (const Kind* kind = party ? kind_named(party->kind) : nullptr) {
                if (kind->check_action(plan.does, fields)) check_free(fields), fields.done();
                else fields.problem("does", "a " + party->kind + " cannot '" + plan.does + "'");
            }
            exchange_.actions.push_back(std::move(plan));
        }
    }

    // Where an action leads to, nobody else may be.
    void check_free(source::Table& fields) {
        const auto address = fields.has("address") ? read_address(fields.text("address")) : std::nullopt;
        for (const PartyPlan& party : exchange_.parties)
            if (address == party.address)
                fields.problem("address", "'" + party.id + "' has the address " + to_text(party.address) + " already");
    }

    void read_names() {
        auto fields = root_.table("names");
        if (!fields) return;
        for (const std::string& name : fields->keys()) {
            exchange_.names[name] = fields->texts(name);
            for (const std::string& entry : exchange_.names[name]) check_entry(*fields, name, entry);
        }
    }

    static std::string read_transport(source::Table& fields, const std::string& otherwise) {
        const std::string transport = fields.text_or("transport", otherwise);
        if (transport == "UDP" || transport == "TCP") return transport;
        fields.problem("transport", "'" + transport + "' is no transport here; write \"UDP\" or \"TCP\"");
        return otherwise;
    }

    void read_network(source::Table& fields) {
        NetworkPlan& plan = exchange_.network;
        plan.latency = fields.duration_or("latency", plan.latency);
        plan.transport = read_transport(fields, plan.transport);
        plan.loss_percent = fields.real_or("loss_percent", 0);
        for (source::Table& link : fields.tables("link")) {
            const auto ends = link.texts("between");
            if (ends.size() != 2) link.problem("between", "a link is between two parties");
            for (const std::string& id : ends) check_party(link, "between", id);
            const Time latency = link.duration_or("latency", plan.latency);
            const std::string transport = read_transport(link, plan.transport);
            if (ends.size() == 2) plan.links.push_back({ends[0], ends[1], latency, transport});
            link.done();
        }
        for (source::Table& loss : fields.tables("lose")) {
            Loss read{read_on(loss, "message"), loss.numbers("nth")};
            check_parties(loss, "message", read.of);
            plan.losses.push_back(std::move(read));
            loss.done();
        }
        fields.done();
    }

    std::vector<std::string> party_ids() const {
        std::vector<std::string> ids;
        for (const PartyPlan& party : exchange_.parties) ids.push_back(party.id);
        return ids;
    }

    const PartyPlan* party_named(const std::string& id) const {
        for (const PartyPlan& party : exchange_.parties)
            if (party.id == id) return &party;
        return nullptr;
    }

    static std::string unknown(const std::string& what, const std::string& name,
                               const std::vector<std::string>& known) {
        return "unknown " + what + " '" + name + "'" + source::suggestion(name, known);
    }

    void check_party(source::Table& fields, std::string_view key, const std::string& id) {
        if (!id.empty() && !party_named(id)) fields.problem(key, unknown("party", id, party_ids()));
    }

    // Of a name: one of its servers, or a NAPTR record, whose SRV records have to be there where somebody can use them.
    void check_entry(source::Table& fields, const std::string& name, const std::string& entry) {
        if (!is_naptr(entry)) return check_party(fields, name, read_server(entry).party);
        const auto record = read_naptr(entry);
        if (!record)
            return fields.problem(
                name, "'" + entry + "' is no NAPTR record; write it as \"naptr 90 50 SIP+D2T _sip._tcp.example.com\"");
        const std::vector<std::string> names = fields.keys();
        const bool known = std::find(names.begin(), names.end(), record->replacement) != names.end();
        if (!known && record->service != "SIPS+D2T") fields.problem(name, unknown("name", record->replacement, names));
    }

    void check_parties(source::Table& fields, std::string_view key, const Pattern& pattern) {
        check_party(fields, key, pattern.from);
        check_party(fields, key, pattern.to);
    }

    source::Table& root_;
    Exchange& exchange_;
};

}  // namespace

Exchange read_exchange(source::Table& file) {
    Exchange exchange;
    exchange.id = std::filesystem::path(file.file().name).stem().string();
    Reader(file, exchange).read();
    return exchange;
}

std::vector<Step> read_common_steps(source::Table& file) {
    std::vector<Step> steps = read_steps(file, [](source::Table& step, const Pattern& on) {
        if (!on.from.empty() || !on.to.empty())
            step.problem("on", "a common step fits any exchange and names no party");
    });
    file.done();
    return steps;
}

}  // namespace sipdex::simulator
