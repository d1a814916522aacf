#include <doctest/doctest.h>

#include <iostream>

#include "sip/digest.h"
#include "support/text.h"

using namespace sipdex::sip;

namespace {

// The hash as the openssl command computes it.
std::string by_openssl(const std::string& option, const std::string& text) {
    const auto ran = sipdex::test::run("printf '%s' '" + text + "' | openssl dgst " + option + " -r");
    return ran.out.substr(0, ran.out.find(' '));
}

Challenge challenge_of(std::string_view value) {
    const auto challenge = parse_challenge(value);
    REQUIRE(challenge);
    return *challenge;
}

}  // namespace

TEST_CASE("the example of RFC 2617 3.5 gives its response") {
    const auto challenge = challenge_of(
        R"(Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093",)"
        R"( opaque="5ccc069c403ebaf9f0171e9517f40e41")");
    const auto credentials =
        credentials_for(challenge, {"Mufasa", "Circle Of Life"}, "GET", "/dir/index.html", "0a4f113b", 1);
    REQUIRE(credentials);
    CHECK(to_text(*credentials) ==
          R"(Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093",)"
          R"( uri="/dir/index.html", response="6629fae49393a05397450978507c4ef1",)"
          R"( opaque="5ccc069c403ebaf9f0171e9517f40e41", qop=auth, cnonce="0a4f113b", nc=00000001)");
}

TEST_CASE("credentials verify with the password that made them and with no other") {
    for (const char* algorithm : {"", ", algorithm=MD5", ", algorithm=MD5-sess", ", algorithm=SHA-256",
                                  ", algorithm=SHA-256-sess", ", algorithm=SHA-512-256", ", algorithm=sha-256"}) {
        const auto challenge = challenge_of(R"(Digest realm="example.com", nonce="84a4cc6f3082121f", qop="auth")" +
                                            std::string(algorithm));
        const auto made = credentials_for(challenge, {"bob", "zanzibar"}, "REGISTER", "sip:example.com", "c1", 17);
        REQUIRE(made);
        const auto read = parse_credentials(to_text(*made));
        REQUIRE(read);
        CHECK(read->nc == "00000011");
        CHECK_MESSAGE(verifies(*read, "zanzibar", "REGISTER"), algorithm);
        CHECK_FALSE(verifies(*read, "Zanzibar", "REGISTER"));
        CHECK_FALSE(verifies(*read, "zanzibar", "INVITE"));
    }
}

TEST_CASE("SHA-256 digests agree with the openssl command") {
    if (!sipdex::test::has_program("openssl")) {
        std::cout << "skipped: the openssl command is not installed\n";
        return;
    }
    const auto challenge = challenge_of(R"(Digest realm="example.com", nonce="5f8a", qop="auth", algorithm=SHA-256)");
    const auto credentials =
        credentials_for(challenge, {"alice", "wonder land"}, "INVITE", "sip:bob@example.com", "0a", 1);
    REQUIRE(credentials);
    const std::string a1 = by_openssl("-sha256", "alice:example.com:wonder land");
    const std::string a2 = by_openssl("-sha256", "INVITE:sip:bob@example.com");
    CHECK(credentials->response == by_openssl("-sha256", a1 + ":5f8a:00000001:0a:auth:" + a2));
    CHECK(hashed("SHA-512-256", "abc") == by_openssl("-sha512-256", "abc"));
    CHECK(hashed("", "") == by_openssl("-md5", ""));
}

TEST_CASE("the SHA-256 digest of a known exchange does not change") {
    const auto credentials = parse_credentials(
        R"(Digest username="alice", realm="example.com", nonce="5f8a", uri="sip:bob@example.com", qop=auth,)"
        R"( nc=00000001, cnonce="0a", algorithm=SHA-256, response="6f9da0e31d859f4fa16823415e9b5c0101cdf24dd020563c5e2612ed1871b036")");
    REQUIRE(credentials);
    CHECK(verifies(*credentials, "wonder land", "INVITE"));
}

TEST_CASE("without qop the response is that of RFC 2069") {
    const auto challenge = challenge_of(R"(Digest realm="r", nonce="n")");
    const auto credentials = credentials_for(challenge, {"u", "p"}, "BYE", "sip:h", "unused");
    REQUIRE(credentials);
    const std::string a1 = *hashed("MD5", "u:r:p"), a2 = *hashed("MD5", "BYE:sip:h");
    CHECK(credentials->response == *hashed("MD5", a1 + ":n:" + a2));
    CHECK(to_text(*credentials).find("cnonce") == std::string::npos);
    CHECK(verifies(*credentials, "p", "BYE"));
}

TEST_CASE("auth-int covers the body") {
    auto credentials = parse_credentials(
        R"(Digest username="u", realm="r", nonce="n", uri="sip:h", qop=auth-int, cnonce="c", nc=00000001, response="")");
    REQUIRE(credentials);
    credentials->response = *digest_response(*credentials, "p", "MESSAGE", "hello");
    CHECK(verifies(*credentials, "p", "MESSAGE", "hello"));
    CHECK_FALSE(verifies(*credentials, "p", "MESSAGE", "hallo"));
}

TEST_CASE("challenges are written as they were read") {
    const std::string text =
        R"(Digest realm="a \"quoted\", realm", domain="sip:example.com", nonce="n", opaque="", stale=TRUE,)"
        R"( algorithm=SHA-256, qop="auth,auth-int")";
    const auto challenge = challenge_of(text);
    CHECK(challenge.realm == "a \"quoted\", realm");
    CHECK(challenge.qop == std::vector<std::string>{"auth", "auth-int"});
    CHECK(challenge.stale);
    CHECK(to_text(challenge) == text);
}

TEST_CASE("what cannot be answered is not answered") {
    CHECK_FALSE(parse_challenge("Basic realm=\"r\""));
    CHECK_FALSE(parse_challenge("Digest realm=\"r\""));
    CHECK_FALSE(parse_challenge("Digest"));
    CHECK_FALSE(parse_credentials("Digest username=\"u\", realm=\"r\", nonce=\"n\", uri=\"sip:h\""));
    CHECK_FALSE(is_known_algorithm("AKAv1-MD5"));
    CHECK_FALSE(credentials_for(challenge_of(R"(Digest realm="r", nonce="n", algorithm=AKAv1-MD5)"), {"u", "p"}, "BYE",
                                "sip:h", "c"));
    CHECK_FALSE(credentials_for(challenge_of(R"(Digest realm="r", nonce="n", qop="auth-int")"), {"u", "p"}, "BYE",
                                "sip:h", "c"));
}

// RFC 7616 3.4.2: of a session algorithm the user's hash is hashed once more, with the server's nonce and then the client's.
TEST_CASE("every algorithm, of a session or not, agrees with the openssl command") {
    if (!sipdex::test::has_program("openssl")) {
        std::cout << "skipped: the openssl command is not installed\n";
        return;
    }
    for (const auto& [name, option] :
         {std::pair("MD5", "-md5"), {"SHA-256", "-sha256"}, {"SHA-512-256", "-sha512-256"}})
        for (const bool session : {false, true}) {
            const std::string algorithm = std::string(name) + (session ? "-sess" : "");
            const auto challenge =
                challenge_of(R"(Digest realm="example.com", nonce="5f8a", qop="auth", algorithm=)" + algorithm);
            const auto credentials =
                credentials_for(challenge, {"alice", "wonder land"}, "INVITE", "sip:bob@example.com", "0a", 1);
            REQUIRE(credentials);
            const std::string user = by_openssl(option, "alice:example.com:wonder land");
            const std::string a1 = session ? by_openssl(option, user + ":5f8a:0a") : user;
            const std::string a2 = by_openssl(option, "INVITE:sip:bob@example.com");
            CHECK_MESSAGE(credentials->response == by_openssl(option, a1 + ":5f8a:00000001:0a:auth:" + a2), algorithm);
        }
}
