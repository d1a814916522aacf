#include "sip/redress_card.h"

#include <nlohmann/json.hpp>

#include "sip/jws.h"
#include "sip/parameters.h"
#include "sip/token.h"

namespace sipdex::sip {

namespace {

using Json = nlohmann::ordered_json;

// RFC 7095 3.3: name, parameters, type of the value, value.
Json property(const char* name, const char* type, const std::string& value, bool work = true) {
    return Json::array({name, work ? Json{{"type", "work"}} : Json::object(), type, value});
}

std::string text_in(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// RFC 7095 3.3: properties have four elements at least; of several values the first is taken.
void take(const Json& property, RedressCard& card) {
    if (!property.is_array() || property.size() < 4 || !property[0].is_string() || !property[3].is_string()) return;
    const std::string name = property[0], value = property[3];
    if (name == "fn") card.name = value;
    if (name == "email") card.email = value;
    if (name == "url") card.page = value;
    if (name == "tel") card.telephone = value;
}

}  // namespace

std::string header_of(const RedressCard& card) {
    return Json{{"alg", "ES256"}, {"typ", "vcard+json"}, {"x5u", card.credential}}.dump();
}

std::string payload_of(const RedressCard& card) {
    // RFC 7095 3.3.1.1: the version comes first. RFC 6350 6.2.1: a name there must be.
    Json properties =
        Json::array({property("version", "text", "4.0", false), property("fn", "text", card.name, false)});
    if (!card.email.empty()) properties.push_back(property("email", "text", card.email));
    if (!card.page.empty()) properties.push_back(property("url", "uri", card.page));
    if (!card.telephone.empty()) properties.push_back(property("tel", "uri", card.telephone));
    return Json{{"iat", card.issued_at}, {"jcard", Json::array({"vcard", properties})}}.dump();
}

std::optional<RedressCard> read_card(std::string_view token) {
    const auto texts = texts_of(token);
    if (!texts) return std::nullopt;
    const Json header = Json::parse(texts->header, nullptr, false),
               payload = Json::parse(texts->payload, nullptr, false);
    if (!header.is_object() || !payload.is_object() || text_in(header, "typ") != "vcard+json" ||
        text_in(header, "alg") != "ES256")
        return std::nullopt;
    RedressCard card;
    card.credential = text_in(header, "x5u");
    const auto issued = payload.find("iat"), vcard = payload.find("jcard");
    if (issued == payload.end() || !issued->is_number_integer() || vcard == payload.end() || !vcard->is_array() ||
        vcard->size() != 2 || (*vcard)[0] != "vcard" || !(*vcard)[1].is_array())
        return std::nullopt;
    card.issued_at = issued->get<std::int64_t>();
    for (const Json& each : (*vcard)[1]) take(each, card);
    if (card.credential.empty() || (card.email.empty() && card.page.empty() && card.telephone.empty()))
        return std::nullopt;
    return card;
}

std::optional<std::string> card_location(std::string_view call_info) {
    const auto end = call_info.find('>');
    if (!trimmed(call_info).starts_with('<') || end == std::string_view::npos) return std::nullopt;
    const auto purpose = parse_parameters(call_info.substr(end + 1)).value("purpose");
    if (!purpose || !same_token(*purpose, "jwscard")) return std::nullopt;
    const auto begin = call_info.find('<') + 1;
    return std::string(call_info.substr(begin, end - begin));
}

}  // namespace sipdex::sip
