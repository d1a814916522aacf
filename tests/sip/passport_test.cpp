// PASSporTs and the signatures below them (RFC 8225, RFC 8224, RFC 6979).
#include <doctest/doctest.h>

#include <string>

#include "sip/passport.h"
#include "sip/signing_key.h"

using namespace sipdex;

namespace {

std::string octets(std::string_view hexadecimal) {
    std::string result;
    for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2)
        result += static_cast<char>(std::stoi(std::string(hexadecimal.substr(i, 2)), nullptr, 16));
    return result;
}

sip::Passport statement() {
    return {"ES256",    "shaken",      "https://cert.example.net/shaken.pem", "A", "12125550143",
            1767268800, "12125550142", "123e4567-e89b-42d3-a456-426614174000"};
}

std::string identity_of(std::string_view uri) { return sip::canonical_identity(*sip::parse_uri(uri)); }

}  // namespace

TEST_CASE("ES256 signs as the example of RFC 6979 A.2.5") {
    const std::string key = octets("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721");
    const std::string signature = octets(
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
    CHECK(sip::signature_of("sample", key) == signature);
    CHECK(sip::signature_holds("sample", signature, key));
    CHECK_FALSE(sip::signature_holds("Sample", signature, key));
    CHECK_FALSE(sip::signature_holds("sample", signature.substr(1), key));
    CHECK_FALSE(sip::signature_holds("sample", std::string(64, '\0'), key));
}

TEST_CASE("base64 for URLs is that of RFC 7515 appendix C") {
    CHECK(sip::base64url(octets("03ecffe0c1")) == "A-z_4ME");
    CHECK(sip::from_base64url("A-z_4ME") == octets("03ecffe0c1"));
    CHECK(sip::base64url("") == "");
}

TEST_CASE("a PASSporT holds its keys in order, without white space, and is signed as it stands") {
    const std::string token = sip::signed_token(statement(), "example.net");
    CHECK(sip::from_base64url(token.substr(0, token.find('.'))) ==
          R"({"alg":"ES256","ppt":"shaken","typ":"passport","x5u":"https://cert.example.net/shaken.pem"})");
    CHECK(sip::from_base64url(token.substr(token.find('.') + 1)) ==
          R"({"attest":"A","dest":{"tn":["12125550143"]},"iat":1767268800,"orig":{"tn":"12125550142"},)"
          R"("origid":"123e4567-e89b-42d3-a456-426614174000"})");
    CHECK(sip::read_token(token) == statement());
    CHECK(sip::token_holds(token, "example.net"));
    CHECK_FALSE(sip::token_holds(token, "example.org"));
    sip::Passport other = statement();
    other.origin = "12125550199";
    const std::string body = sip::signed_token(other, "example.net");
    CHECK_FALSE(sip::token_holds(body.substr(0, body.rfind('.')) + token.substr(token.rfind('.')), "example.net"));
}

TEST_CASE("what is no PASSporT is not read") {
    for (const char* const token : {"", "a.b", "a.b.c", "..signature", "e30.e30.e30"}) {
        CAPTURE(token);
        CHECK_FALSE(sip::read_token(token).has_value());
        CHECK_FALSE(sip::token_holds(token, "example.net"));
    }
}

TEST_CASE("a telephone number is the same number however it is written") {
    CHECK(identity_of("sip:+1-212-555-0142@example.net;user=phone") == "12125550142");
    CHECK(identity_of("tel:+12125550142;phone-context=example.net") == "12125550142");
    CHECK(identity_of("sip:bob@Example.COM") == "sip:bob@example.com");
}

TEST_CASE("an Identity value keeps token, info, alg and ppt apart") {
    const sip::Identity identity{"aa.bb.cc", "https://cert.example.net/shaken.pem", "ES256", "shaken"};
    CHECK(sip::to_text(identity) == "aa.bb.cc;info=<https://cert.example.net/shaken.pem>;alg=ES256;ppt=shaken");
    const auto read =
        sip::parse_identity("aa.bb.cc ;info=<https://cert.example.net/shaken.pem>;alg=ES256;ppt=\"shaken\"");
    REQUIRE(read);
    CHECK(sip::to_text(*read) == sip::to_text(identity));
    CHECK_FALSE(sip::parse_identity("aa.bb.cc").has_value());
    CHECK_FALSE(sip::parse_identity("aa.bb.cc;info=https").has_value());
}
