#include "redact/told.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "calls/calls.h"
#include "catalog/catalog.h"
#include "findings/findings.h"
#include "page/evidence_vocabulary.h"
#include "redact/redact.h"
#include "sip/message.h"

namespace sipdex::test {

namespace {

class Parties {
public:
    std::string of(const capture::Address& address) {
        if (!address.known()) return "?";
        const auto host = hosts_.try_emplace(host_of(address), hosts_.size() + 1).first;
        return std::to_string(host->second) + ':' + std::to_string(address.port);
    }

private:
    std::map<std::string, std::size_t> hosts_;
};

const catalog::Catalog& catalog() {
    static const catalog::Catalog built(SIPDEX_BINARY_DIR "/catalog.db");
    return built;
}

std::string place(std::size_t index) { return index == calls::none ? "-" : std::to_string(index); }

}  // namespace

std::string ladder_of(const capture::Captured& captured) {
    std::ostringstream out;
    Parties parties;
    const calls::Calls calls = calls::group(captured);
    const auto first = captured.messages.empty() ? capture::Time{} : captured.messages.front().time;
    for (std::size_t i = 0; i < captured.messages.size(); ++i) {
        const capture::Message& one = captured.messages[i];
        const auto parsed = sip::parse(one.octets);
        const calls::Placed& placed = calls.placed[i];
        const auto transport = one.transport == capture::Transport::tls   ? capture::Transport::tcp
                               : one.transport == capture::Transport::wss ? capture::Transport::ws
                                                                          : one.transport;
        out << one.number << ' ' << (one.time - first).count() << ' ' << parties.of(one.from) << " > "
            << parties.of(one.to) << ' ' << name_of(transport) << ' '
            << (!parsed.message                ? "?"
                : parsed.message->is_request() ? parsed.message->method
                                               : std::to_string(parsed.message->status))
            << " story " << place(placed.story) << " transaction " << place(placed.transaction) << " dialog "
            << place(placed.dialog) << ' ' << place(placed.from) << '>' << place(placed.to) << " repeat "
            << static_cast<int>(placed.repeat) << ' ' << place(placed.repeats) << (one.missing > 0 ? " cut" : "")
            << '\n';
    }
    for (const calls::Story& story : calls.stories) {
        out << name_of(story.kind) << ' ' << name_of(story.outcome) << ' ' << story.status << " by "
            << place(story.decided_by) << " at " << place(story.answered_by) << " messages " << story.messages.size()
            << " transactions " << story.transactions.size() << " dialogs " << story.dialogs.size() << " forks "
            << story.forks.size() << " repeated " << story.repeated << '\n';
    }
    for (const calls::Link& link : calls.links) {
        out << "link " << link.first << " > " << link.second << ' ' << static_cast<int>(link.why) << ' '
            << static_cast<int>(link.certainty) << " through " << place(link.through);
        for (const calls::Evidence& evidence : link.evidence)
            out << " evidence " << static_cast<int>(evidence.what) << ' ' << place(evidence.first) << ' '
                << place(evidence.second);
        out << '\n';
    }
    std::vector<std::string> lines;
    for (const capture::MediaFlow& flow : captured.flows) {
        std::ostringstream line;
        line << "media " << parties.of(flow.from) << " > " << parties.of(flow.to) << ' ' << flow.ssrc << ' '
             << flow.control << " packets " << flow.packets << " octets " << flow.octets << " lost " << flow.lost()
             << " repeated " << flow.repeated << " disordered " << flow.out_of_order << " jitter " << flow.most_jitter
             << " rate " << flow.clock_rate << " gap " << flow.longest_gap.count() << " reported " << flow.reported_lost
             << ' ' << flow.reported_jitter << (flow.goodbye ? " bye" : "");
        lines.push_back(line.str());
    }
    for (const auto& [error, file] : captured.icmp) {
        std::ostringstream line;
        line << "icmp " << (error.time - first).count() << ' ' << parties.of(error.reporter) << " > "
             << parties.of(error.told) << ' ' << static_cast<int>(error.type) << ' ' << static_cast<int>(error.code)
             << ' ' << error.mtu << " of " << parties.of(error.from) << " > " << parties.of(error.to) << ' '
             << name_of(error.transport) << ' '
             << (error.quoted.starts_with("SIP/") || error.quoted.find(" sip:") < 20
                     ? error.quoted.substr(0, error.quoted.find(' '))
                     : "");
        lines.push_back(line.str());
    }
    for (const auto& [reset, file] : captured.resets) {
        std::ostringstream line;
        line << "reset " << (reset.time - first).count() << ' ' << parties.of(reset.from) << " > "
             << parties.of(reset.to) << (reset.refused ? " refused" : "");
        lines.push_back(line.str());
    }
    for (const auto& [tls, file] : captured.tls) {
        std::ostringstream line;
        line << "tls " << (tls.time - first).count() << ' ' << parties.of(tls.client) << " > " << parties.of(tls.server)
             << ' ' << tls.client_seen << ' ' << tls.server_name.empty() << " offered " << tls.offered.size()
             << " version " << tls.version << " cipher " << tls.cipher << " certificate "
             << tls.client_certificate_wanted << " octets " << tls.client_octets << ' ' << tls.server_octets;
        for (const auto& alert : tls.alerts)
            line << " alert " << (alert.time - first).count() << ' ' << alert.from_server << ' '
                 << static_cast<int>(alert.level) << ' ' << static_cast<int>(alert.description);
        lines.push_back(line.str());
    }
    std::ranges::sort(lines);
    for (const std::string& line : lines) out << line << '\n';
    return out.str();
}

capture::Captured captured_from(const std::vector<std::string>& files) {
    capture::Captured captured;
    for (const std::string& one : files) captured.read_octets(one);
    captured.arrange();
    return captured;
}

std::string findings_of(const capture::Captured& captured) {
    static const std::vector<catalog::FindingRule> rules = catalog().finding_rules();
    std::string text;
    for (const findings::Finding& one : findings::judge(captured, calls::group(captured), rules)) {
        // The shared file has one clock, by which the messages of all originals stand.
        if (one.rule->id == "clocks-differ") continue;
        text += std::string(name_of(one.severity)) + ' ' + one.rule->id;
        for (const std::size_t index : one.evidence) text += ' ' + std::to_string(index + 1);
        for (const std::string& field : one.fields) text += ' ' + field;
        for (const auto& [name, value] : one.values) {               // those that are no names
            const bool of_body = one.rule->id.starts_with("body-");  // which differ as much as before from each other
            if (const long* number = std::get_if<long>(&value); number && !of_body)
                text += ' ' + name + ' ' + std::to_string(*number);
        }
        text += '\n';
    }
    return text;
}

const std::vector<std::string>& published_texts() {
    static const std::vector<std::string> texts = page::published_texts(catalog());
    return texts;
}

std::string redacted(const capture::Captured& captured, const std::vector<std::string>& files, std::uint64_t key) {
    std::string out;
    redact::redact(
        captured,
        [&](std::size_t file, capture::Listener& listener) {
            if (file < files.size()) capture::read_octets(files[file], listener);
        },
        [&](std::string_view octets) { out += octets; }, {.key = key, .more = 7, .phrases = published_texts()});
    return out;
}

std::string redacted(const std::vector<std::string>& files, std::uint64_t key) {
    return redacted(captured_from(files), files, key);
}

}  // namespace sipdex::test
