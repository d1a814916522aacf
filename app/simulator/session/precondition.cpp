#include "simulator/session/precondition.h"

#include <algorithm>
#include <sstream>

namespace sipdex::simulator {

namespace {

std::vector<std::string> words_of(const std::string& attribute) {
    std::istringstream in(attribute);
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

StatusRow& row_of(StatusTable& table, const std::string& segment, bool sends) {
    for (StatusRow& row : table)
        if (row.segment == segment && row.sends == sends) return row;
    StatusRow row;
    row.segment = segment;
    row.sends = sends;
    return table.emplace_back(row);
}

bool names(const std::string& direction, bool sends) {
    return direction == "sendrecv" || direction == (sends ? "send" : "recv");
}

std::string direction_of(bool send, bool recv) {
    return send && recv ? "sendrecv" : send ? "send" : recv ? "recv" : "none";
}

}  // namespace

StatusTable status_in(const Media& media) {
    StatusTable table;
    for (const std::string& attribute : media.attributes) {
        const std::vector<std::string> words = words_of(attribute);
        const bool desired = words.size() == 4 && words[0] == "des:qos";
        const bool status = words.size() == 3 && (words[0] == "curr:qos" || words[0] == "conf:qos");
        if (!desired && !status) continue;
        const std::string& segment = words[words.size() - 2];
        for (const bool sends : {true, false}) {
            StatusRow& row = row_of(table, segment, sends);
            if (!names(words.back(), sends)) continue;
            if (desired) row.strength = words[1];
            else (words[0] == "curr:qos" ? row.reserved : row.confirm) = true;
        }
    }
    return table;
}

StatusTable seen_from_other_side(StatusTable table) {
    for (StatusRow& row : table) {
        row.sends = !row.sends;
        row.segment = row.segment == "local" ? "remote" : row.segment == "remote" ? "local" : row.segment;
    }
    return table;
}

void take_offer(StatusTable& table, const StatusTable& offered) {
    for (const StatusRow& row : offered) {
        StatusRow& mine = row_of(table, row.segment, row.sends);
        const bool reserved = row.own() ? mine.reserved : row.reserved;
        mine = row;
        mine.reserved = reserved;
    }
}

void reserve_own(StatusTable& table) {
    for (StatusRow& row : table) row.reserved |= row.own();
}

StatusTable unmet_in(const StatusTable& table) {
    StatusTable unmet;
    for (const StatusRow& row : table)
        if (row.strength == "mandatory" && !row.reserved) unmet.push_back(row);
    return unmet;
}

std::vector<std::string> attributes_of(const StatusTable& whole, bool asks) {
    std::vector<std::string> current, desired, confirm;
    StatusTable table = whole;
    for (const StatusRow& each : whole) {
        if (!each.sends) continue;  // both directions of a segment are written together
        const StatusRow send = each, recv = row_of(table, each.segment, false);
        current.push_back("curr:qos " + send.segment + ' ' + direction_of(send.reserved, recv.reserved));
        if (send.strength == recv.strength) {
            desired.push_back("des:qos " + send.strength + ' ' + send.segment + " sendrecv");
        } else {
            desired.push_back("des:qos " + send.strength + ' ' + send.segment + " send");
            desired.push_back("des:qos " + recv.strength + ' ' + recv.segment + " recv");
        }
        const auto unknown = [](const StatusRow& row) {
            return !row.own() && !row.reserved && row.strength == "mandatory";
        };
        if (asks && (unknown(send) || unknown(recv)))
            confirm.push_back("conf:qos " + send.segment + ' ' + direction_of(unknown(send), unknown(recv)));
    }
    current.insert(current.end(), desired.begin(), desired.end());
    current.insert(current.end(), confirm.begin(), confirm.end());
    return current;
}

std::vector<std::string> failures_of(const StatusTable& unmet) {
    std::vector<std::string> lines;
    for (const StatusRow& row : unmet) {
        const auto other = std::find_if(unmet.begin(), unmet.end(), [&](const StatusRow& each) {
            return each.segment == row.segment && each.sends != row.sends;
        });
        if (other != unmet.end() && !row.sends) continue;  // told with the other direction
        lines.push_back("des:qos failure " + row.segment + ' ' +
                        (other != unmet.end() ? "sendrecv" : direction_of(row.sends, !row.sends)));
    }
    return lines;
}

std::string failure_after(const Media& last, const StatusTable& unmet, const std::string& host) {
    Media failed = last;
    failed.attributes = failures_of(unmet);
    return session_of({"-", 1, 1, host, 0}, failed);
}

}  // namespace sipdex::simulator
