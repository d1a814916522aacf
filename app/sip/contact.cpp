#include "sip/contact.h"

#include <algorithm>
#include <array>
#include <functional>

#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::sip {

namespace {

constexpr auto contact_parameters = std::to_array<ParameterRule>({{"expires", is_number}, {"q", is_q}});
constexpr ParameterGrammar contact_grammar{.known = contact_parameters};

}  // namespace

bool read_contact(std::string_view value, Contact* contact, Flaws* flaws) {
    if (value == "*") {
        if (contact) contact->all = true;
        return true;
    }
    if (!read_name_addr(value, contact_grammar, contact ? &contact->address : nullptr, flaws)) return false;
    if (!contact) return true;
    if (const auto q = contact->address.parameters.value("q")) contact->q = parse_q(*q);
    if (const auto expires = contact->address.parameters.value("expires")) contact->expires = number_of(*expires);
    return true;
}

std::vector<Contact> contacts_in(const Message& message) {
    std::vector<Contact> contacts;
    for (const std::string_view value : values_of(message, "Contact"))
        if (Contact contact; read_contact(value, &contact, nullptr)) contacts.push_back(std::move(contact));
    return contacts;
}

std::optional<Contact> first_contact_in(const Message& message) {
    for (const HeaderField& field : message.fields) {
        if (!same_field(field.name(), "Contact")) continue;
        for (Parts parts(field.value(), ','); const auto value = parts.next();)
            if (Contact contact; !value->empty() && read_contact(*value, &contact, nullptr)) return contact;
    }
    return {};
}

std::vector<Contact> by_preference(std::vector<Contact> contacts) {
    std::ranges::stable_sort(contacts, std::greater{}, [](const Contact& contact) { return contact.q.value_or(1); });
    return contacts;
}

}  // namespace sipdex::sip
