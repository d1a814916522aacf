#include "sip/contact.h"

#include <algorithm>
#include <functional>

#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::sip {

namespace {

// RFC 3261 25.1: "0" with up to three decimals, or "1" with zeros.
std::optional<double> parse_q(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return {};
    if (text.size() == 1) return text[0] - '0';
    if (text[1] != '.') return {};
    double q = text[0] - '0', place = 1;
    for (const char c : text.substr(2)) {
        if (c < '0' || c > '9') return {};
        q += (c - '0') * (place /= 10);
    }
    if (q > 1) return {};
    return q;
}

}  // namespace

std::vector<Contact> contacts_in(const Message& message) {
    std::vector<Contact> contacts;
    for (const std::string_view value : values_of(message, "Contact")) {
        Contact contact;
        if (value == "*") {
            contact.all = true;
        } else {
            auto address = parse_name_addr(value);
            if (!address) continue;
            contact.address = *std::move(address);
            if (const auto q = contact.address.parameters.value("q")) contact.q = parse_q(*q);
            if (const auto expires = contact.address.parameters.value("expires")) contact.expires = number_of(*expires);
        }
        contacts.push_back(std::move(contact));
    }
    return contacts;
}

std::vector<Contact> by_preference(std::vector<Contact> contacts) {
    std::ranges::stable_sort(contacts, std::greater{}, [](const Contact& contact) { return contact.q.value_or(1); });
    return contacts;
}

}  // namespace sipdex::sip
