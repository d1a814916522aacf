#include "sip/digest.h"

#include <openssl/evp.h>

#include <array>
#include <cstdio>

#include "sip/parameters.h"
#include "sip/token.h"
#include "sip/values.h"

namespace sipdex::sip {

namespace {

struct Algorithm {
    std::string_view name;  // RFC 7616 3.3
    const char* openssl;
};

constexpr std::array algorithms = {Algorithm{"MD5", "MD5"}, Algorithm{"SHA-256", "SHA256"},
                                   Algorithm{"SHA-512-256", "SHA512-256"}};

bool is_session(std::string_view name) { return name.size() > 5 && same_token(name.substr(name.size() - 5), "-sess"); }

const Algorithm* algorithm_called(std::string_view name) {
    if (is_session(name)) name.remove_suffix(5);
    if (name.empty()) return &algorithms.front();
    for (const Algorithm& algorithm : algorithms)
        if (same_token(algorithm.name, name)) return &algorithm;
    return nullptr;
}

std::string hashed(const Algorithm& algorithm, std::string_view text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> octets{};
    std::size_t size = 0;
    // An OpenSSL that forbids MD5 gives no hash, and then nothing verifies.
    if (!EVP_Q_digest(nullptr, algorithm.openssl, nullptr, text.data(), text.size(), octets.data(), &size)) return {};
    std::string digits;
    for (std::size_t i = 0; i < size; ++i) {
        constexpr std::string_view hexadecimal = "0123456789abcdef";
        digits += hexadecimal[octets[i] >> 4];
        digits += hexadecimal[octets[i] & 15];
    }
    return digits;
}

bool is_true_or_false(std::string_view text) { return same_token(text, "true") || same_token(text, "false"); }

// RFC 3261 25.1: nc-value.
bool is_count(std::string_view text) {
    return text.size() == 8 && text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

constexpr ParameterRule challenge_parameters[] = {
    in_quotes("realm", true), in_quotes("nonce", true), in_quotes("domain"),         in_quotes("opaque"),
    in_quotes("qop"),         {"algorithm", is_token},  {"stale", is_true_or_false},
};
constexpr ParameterGrammar challenge_grammar{.known = challenge_parameters, .separator = ',', .bare = false};

constexpr ParameterRule credential_parameters[] = {
    in_quotes("username", true), in_quotes("realm", true),    in_quotes("nonce", true),
    in_quotes("uri", true),      in_quotes("response", true), in_quotes("opaque"),
    in_quotes("cnonce"),         {"algorithm", is_token},     {"nc", is_count},
    {"qop", is_token},
};
constexpr ParameterGrammar credential_grammar{.known = credential_parameters, .separator = ',', .bare = false};

// Takes the scheme off, which must be Digest.
bool read_digest(std::string_view value, const ParameterGrammar& grammar, Parameters* parameters, Flaws* flaws) {
    value = trimmed(value);
    const std::string_view scheme = white.before(value);
    if (!same_token(scheme, "Digest")) return refuse(flaws, Fault::scheme, scheme);
    return read_parameters(value.substr(scheme.size()), grammar, parameters, flaws);
}

// Writes `Digest a="1", b=2`.
class Writer {
public:
    void in_quotes(std::string_view name, std::string_view value) { add(name, sip::quoted(value)); }
    void bare(std::string_view name, std::string_view value) { add(name, value); }
    std::string text() const { return text_; }

private:
    void add(std::string_view name, std::string_view value) {
        text_.append(text_.empty() ? "Digest " : ", ").append(name).append("=").append(value);
    }
    std::string text_;
};

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string text;
    for (const std::string_view& part : parts) text.append(&part == parts.begin() ? "" : ":").append(part);
    return text;
}

}  // namespace

bool read_challenge(std::string_view value, Challenge* challenge, Flaws* flaws) {
    Parameters parameters;
    if (!read_digest(value, challenge_grammar, challenge ? &parameters : nullptr, flaws)) return false;
    if (!challenge) return true;
    challenge->realm = *parameters.value("realm");
    challenge->nonce = *parameters.value("nonce");
    challenge->opaque = parameters.value("opaque");
    challenge->domain = parameters.value("domain");
    challenge->algorithm = parameters.value("algorithm").value_or("");
    challenge->stale = same_token(parameters.value("stale").value_or(""), "true");
    const std::string qop = parameters.value("qop").value_or("");
    for (const std::string_view option : values_of(qop)) challenge->qop.emplace_back(option);
    return true;
}

std::optional<Challenge> parse_challenge(std::string_view value) {
    Challenge challenge;
    if (!read_challenge(value, &challenge, nullptr)) return {};
    return challenge;
}

bool read_credentials(std::string_view value, Credentials* credentials, Flaws* flaws) {
    Parameters parameters;
    if (!read_digest(value, credential_grammar, credentials ? &parameters : nullptr, flaws)) return false;
    if (!credentials) return true;
    const auto text = [&](std::string_view name) { return parameters.value(name).value_or(""); };
    credentials->username = text("username");
    credentials->realm = text("realm");
    credentials->nonce = text("nonce");
    credentials->uri = text("uri");
    credentials->response = text("response");
    credentials->algorithm = text("algorithm");
    credentials->opaque = parameters.value("opaque");
    credentials->qop = text("qop");
    credentials->cnonce = text("cnonce");
    credentials->nc = text("nc");
    return true;
}

std::optional<Credentials> parse_credentials(std::string_view value) {
    Credentials credentials;
    if (!read_credentials(value, &credentials, nullptr)) return {};
    return credentials;
}

// RFC 2617 3.2.1: algorithm and stale are tokens, all else is quoted.
std::string to_text(const Challenge& challenge) {
    Writer writer;
    writer.in_quotes("realm", challenge.realm);
    if (challenge.domain) writer.in_quotes("domain", *challenge.domain);
    writer.in_quotes("nonce", challenge.nonce);
    if (challenge.opaque) writer.in_quotes("opaque", *challenge.opaque);
    if (challenge.stale) writer.bare("stale", "TRUE");
    if (!challenge.algorithm.empty()) writer.bare("algorithm", challenge.algorithm);
    if (!challenge.qop.empty()) {
        std::string options;
        for (const std::string& option : challenge.qop) options.append(options.empty() ? "" : ",").append(option);
        writer.in_quotes("qop", options);
    }
    return writer.text();
}

// RFC 2617 3.2.2: algorithm, qop and nc are not quoted; uri is (RFC 3261 22.4).
std::string to_text(const Credentials& credentials) {
    Writer writer;
    writer.in_quotes("username", credentials.username);
    writer.in_quotes("realm", credentials.realm);
    writer.in_quotes("nonce", credentials.nonce);
    writer.in_quotes("uri", credentials.uri);
    writer.in_quotes("response", credentials.response);
    if (!credentials.algorithm.empty()) writer.bare("algorithm", credentials.algorithm);
    if (credentials.opaque) writer.in_quotes("opaque", *credentials.opaque);
    if (!credentials.qop.empty()) {
        writer.bare("qop", credentials.qop);
        writer.in_quotes("cnonce", credentials.cnonce);
        writer.bare("nc", credentials.nc);
    }
    return writer.text();
}

bool is_known_algorithm(std::string_view name) { return algorithm_called(name) != nullptr; }

std::optional<std::string> hashed(std::string_view algorithm, std::string_view text) {
    const Algorithm* const known = algorithm_called(algorithm);
    auto digits = known ? hashed(*known, text) : std::string();
    if (digits.empty()) return {};
    return digits;
}

std::optional<std::string> digest_response(const Credentials& credentials, std::string_view password,
                                           std::string_view method, std::string_view body) {
    const Algorithm* const algorithm = algorithm_called(credentials.algorithm);
    if (!algorithm || hashed(*algorithm, {}).empty()) return {};
    const auto h = [&](std::string_view text) { return hashed(*algorithm, text); };

    // RFC 2617 3.2.2.2
    std::string a1 = joined({credentials.username, credentials.realm, password});
    if (is_session(credentials.algorithm)) a1 = joined({h(a1), credentials.nonce, credentials.cnonce});
    // RFC 2617 3.2.2.3
    std::string a2 = joined({method, credentials.uri});
    if (credentials.qop.empty()) return h(joined({h(a1), credentials.nonce, h(a2)}));  // as RFC 2069 has it
    if (same_token(credentials.qop, "auth-int")) a2 = joined({a2, h(body)});
    else if (!same_token(credentials.qop, "auth")) return {};
    // RFC 2617 3.2.2.1
    return h(joined({h(a1), credentials.nonce, credentials.nc, credentials.cnonce, credentials.qop, h(a2)}));
}

std::optional<Credentials> credentials_for(const Challenge& challenge, const Account& account, std::string_view method,
                                           std::string_view uri, std::string_view cnonce, std::uint32_t count) {
    Credentials credentials;
    credentials.username = account.username;
    credentials.realm = challenge.realm;
    credentials.nonce = challenge.nonce;
    credentials.opaque = challenge.opaque;
    credentials.algorithm = challenge.algorithm;
    credentials.uri = uri;
    for (const std::string& option : challenge.qop)
        if (same_token(option, "auth")) credentials.qop = "auth";
    if (credentials.qop.empty() && !challenge.qop.empty()) return {};
    if (!credentials.qop.empty()) {
        std::array<char, 9> nc{};
        std::snprintf(nc.data(), nc.size(), "%08x", static_cast<unsigned>(count));
        credentials.nc = nc.data();
        credentials.cnonce = cnonce;
    }
    auto response = digest_response(credentials, account.password, method);
    if (!response) return {};
    credentials.response = *std::move(response);
    return credentials;
}

bool verifies(const Credentials& credentials, std::string_view password, std::string_view method,
              std::string_view body) {
    const auto expected = digest_response(credentials, password, method, body);
    return expected && same_token(*expected, credentials.response);
}

}  // namespace sipdex::sip
