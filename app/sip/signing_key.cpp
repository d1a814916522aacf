#include "sip/signing_key.h"

#include <array>
#include <memory>
#include <stdexcept>

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/obj_mac.h>
#include <openssl/sha.h>

namespace sipdex::sip {

namespace {

template <auto free_it>
struct Free {
    template <class T>
    void operator()(T* it) const {
        free_it(it);
    }
};
using Number = std::unique_ptr<BIGNUM, Free<BN_free>>;
using Numbers = std::unique_ptr<BN_CTX, Free<BN_CTX_free>>;
using Curve = std::unique_ptr<EC_GROUP, Free<EC_GROUP_free>>;
using Point = std::unique_ptr<EC_POINT, Free<EC_POINT_free>>;

constexpr std::size_t size = 32;  // octets of a number on P-256, and of SHA-256

std::string sha256(std::string_view text) {
    std::string digest(SHA256_DIGEST_LENGTH, '\0');
    SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(),
           reinterpret_cast<unsigned char*>(digest.data()));
    return digest;
}

std::string hmac(const std::string& key, const std::string& text) {
    std::string code(size, '\0');
    unsigned int length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()),
         text.size(), reinterpret_cast<unsigned char*>(code.data()), &length);
    return code;
}

Number number_from(std::string_view octets) {
    return Number(
        BN_bin2bn(reinterpret_cast<const unsigned char*>(octets.data()), static_cast<int>(octets.size()), nullptr));
}

std::string octets_of(const BIGNUM* number) {
    std::string octets(size, '\0');
    BN_bn2binpad(number, reinterpret_cast<unsigned char*>(octets.data()), static_cast<int>(size));
    return octets;
}

// P-256 with what is needed to calculate on it.
struct Calculation {
    Curve curve{EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)};
    Numbers scratch{BN_CTX_new()};
    Number order{BN_new()};

    Calculation() {
        if (!curve || !scratch || !order || EC_GROUP_get_order(curve.get(), order.get(), scratch.get()) != 1)
            throw std::runtime_error("OpenSSL has no P-256");
    }

    Number modulo(Number number) const {
        BN_nnmod(number.get(), number.get(), order.get(), scratch.get());
        return number;
    }
    Number product(const BIGNUM* one, const BIGNUM* other) const {
        Number result(BN_new());
        BN_mod_mul(result.get(), one, other, order.get(), scratch.get());
        return result;
    }
    Number inverse(const BIGNUM* number) const {
        return Number(BN_mod_inverse(nullptr, number, order.get(), scratch.get()));
    }
    // The x of factor·G + other·point, modulo the order; `point` may be null.
    Number x_of(const BIGNUM* factor, const EC_POINT* point, const BIGNUM* other) const {
        Point sum(EC_POINT_new(curve.get()));
        EC_POINT_mul(curve.get(), sum.get(), factor, point, other, scratch.get());
        Number x(BN_new());
        if (EC_POINT_get_affine_coordinates(curve.get(), sum.get(), x.get(), nullptr, scratch.get()) != 1)
            BN_zero(x.get());
        return modulo(std::move(x));
    }
};

// RFC 6979 3.2: the number that must never repeat is drawn from an HMAC over key and digest.
Number nonce_for(const Calculation& on, const BIGNUM* key, const BIGNUM* digest) {
    const std::string seed = octets_of(key) + octets_of(digest);
    std::string v(size, '\1'), k(size, '\0');
    k = hmac(k, v + '\0' + seed), v = hmac(k, v);
    k = hmac(k, v + '\1' + seed), v = hmac(k, v);
    for (;;) {
        v = hmac(k, v);
        Number candidate = number_from(v);
        if (!BN_is_zero(candidate.get()) && BN_cmp(candidate.get(), on.order.get()) < 0) return candidate;
        k = hmac(k, v + '\0'), v = hmac(k, v);
    }
}

}  // namespace

std::string test_key(std::string_view name) {
    const Calculation on;
    return octets_of(on.modulo(number_from(sha256("Sipdex test key, not secret: " + std::string(name)))).get());
}

// FIPS 186-4 6.4: r is the x of k·G, s is (digest + r·key) / k.
std::string signature_of(std::string_view text, std::string_view secret) {
    const Calculation on;
    const Number key = number_from(secret);
    const Number digest = on.modulo(number_from(sha256(text)));
    const Number nonce = nonce_for(on, key.get(), digest.get());
    const Number r = on.x_of(nonce.get(), nullptr, nullptr);
    Number sum = on.product(r.get(), key.get());
    BN_mod_add(sum.get(), sum.get(), digest.get(), on.order.get(), on.scratch.get());
    const Number s = on.product(on.inverse(nonce.get()).get(), sum.get());
    return octets_of(r.get()) + octets_of(s.get());
}

bool signature_holds(std::string_view text, std::string_view signature, std::string_view secret) {
    if (signature.size() != 2 * size) return false;
    const Calculation on;
    const Number r = number_from(signature.substr(0, size)), s = number_from(signature.substr(size));
    const auto in_range = [&](const Number& number) {
        return !BN_is_zero(number.get()) && BN_cmp(number.get(), on.order.get()) < 0;
    };
    if (!in_range(r) || !in_range(s)) return false;
    const Number key = number_from(secret);
    Point shown(EC_POINT_new(on.curve.get()));  // the public key
    EC_POINT_mul(on.curve.get(), shown.get(), key.get(), nullptr, nullptr, on.scratch.get());
    const Number digest = on.modulo(number_from(sha256(text)));
    const Number w = on.inverse(s.get());
    const Number x = on.x_of(on.product(digest.get(), w.get()).get(), shown.get(), on.product(r.get(), w.get()).get());
    return BN_cmp(x.get(), r.get()) == 0;
}

namespace {
constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
}

std::string base64url(std::string_view octets) {
    std::string text;
    unsigned int bits = 0;
    int count = 0;
    for (const char octet : octets) {
        bits = (bits << 8 | static_cast<unsigned char>(octet)) & 0xffff;
        for (count += 8; count >= 6; count -= 6) text += alphabet[bits >> (count - 6) & 63];
    }
    if (count > 0) text += alphabet[bits << (6 - count) & 63];
    return text;
}

std::string from_base64url(std::string_view text) {
    std::string octets;
    unsigned int bits = 0;
    int count = 0;
    for (const char letter : text) {
        const auto value = alphabet.find(letter);
        if (value == std::string_view::npos) break;
        bits = (bits << 6 | static_cast<unsigned int>(value)) & 0xffff;
        count += 6;
        if (count < 8) continue;
        count -= 8;
        octets += static_cast<char>(bits >> count & 255);
    }
    return octets;
}

}  // namespace sipdex::sip
