#include <doctest/doctest.h>

#include "sip/faulty_messages.h"
#include "sip/message.h"
#include "support/text.h"

using namespace sipdex::sip;
using sipdex::test::found_in;
using sipdex::test::on_the_wire;

namespace {

const char* const busy = R"(
    SIP/2.0 486 Busy Here
    Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK74b21
    From: Alice <sip:alice@example.com>;tag=9fx
    To: Bob <sip:bob@example.com>;tag=8u
    Call-ID: a84b4c76e66710
    CSeq: 1 INVITE
    Content-Length: 0

)";

}  // namespace

TEST_CASE("a message that was read is written as it was") {
    const std::string octets = on_the_wire(busy) + "\r\n";
    const Parsed parsed = parse(octets);
    REQUIRE(parsed.message);
    CHECK(found_in(octets) == "");
    CHECK(parsed.consumed == octets.size());
    CHECK(octets_of(*parsed.message) == octets);
    CHECK(size_of(*parsed.message) == octets.size());
    CHECK(label_of(*parsed.message) == "486 Busy Here");
}

TEST_CASE("Content-Length is written last and matches the body") {
    Message message;
    message.method = "MESSAGE";
    message.request_uri = "sip:bob@example.com";
    message.add("l", "7000");
    message.add("Content-Type", "text/plain");
    message.body = "hello";
    CHECK(octets_of(message) == on_the_wire(R"(
        MESSAGE sip:bob@example.com SIP/2.0
        Content-Type: text/plain
        Content-Length: 5
    )") + "\r\nhello");
}

TEST_CASE("a line end in a value does not begin another header field") {
    Message message;
    message.status = 200;
    message.reason_phrase = "OK";
    message.add("Subject", "one\r\nEvil: two");
    CHECK(octets_of(message) == "SIP/2.0 200 OK\r\nSubject: one  Evil: two\r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("compact forms and case name the same header fields") {
    static constexpr std::pair<const char*, const char*> forms[] = {
        {"a", "Accept-Contact"},
        {"b", "Referred-By"},
        {"c", "Content-Type"},
        {"d", "Request-Disposition"},
        {"e", "Content-Encoding"},
        {"f", "From"},
        {"i", "Call-ID"},
        {"j", "Reject-Contact"},
        {"k", "Supported"},
        {"l", "Content-Length"},
        {"m", "Contact"},
        {"o", "Event"},
        {"r", "Refer-To"},
        {"s", "Subject"},
        {"t", "To"},
        {"u", "Allow-Events"},
        {"v", "Via"},
        {"x", "Session-Expires"},
        {"y", "Identity"},
    };
    for (const auto& form : forms) {
        Message message;
        message.add(form.first, "here");
        CAPTURE(std::string(form.first));
        CHECK(message.header(form.second) == "here");
        CHECK(full_name(form.first) == form.second);
    }
    Message message;
    message.add("CALL-id", "1");
    CHECK(message.header("Call-ID") == "1");
    CHECK_FALSE(message.header("CSeq"));
    CHECK(full_name("x-own") == "x-own");
}

TEST_CASE("fields are put above those of their name, or below Via") {
    Message message;
    message.add("v", "1");
    message.add("From", "a");
    message.put_first("Via", "2");
    message.put_first("Record-Route", "r1");
    message.put_first("Record-Route", "r2");
    message.set("f", "b");
    std::string lines;
    for (const HeaderField& field : message.fields) lines += field.name() + ": " + field.value() + "\n";
    CHECK(lines == "Via: 2\nv: 1\nRecord-Route: r2\nRecord-Route: r1\nFrom: b\n");
    message.remove_first("Via");
    CHECK(message.headers("Via") == std::vector<std::string_view>{"1"});
    message.remove_all("record-route");
    CHECK(message.headers("Record-Route").empty());
}

TEST_CASE("folded lines are joined with one space, and bare LF ends lines") {
    const char* const octets =
        "\r\n\r\nOPTIONS sip:bob@example.com SIP/2.0\nv:SIP/2.0/UDP h;branch=z9hG4bK1\nf: <sip:a@h>;tag=1\n"
        "t: <sip:b@h>\ni: 1\nCSeq: 1 OPTIONS\nc: text/plain\nSubject: I know\n \t you're there,\n   pick up\n\nbody";
    const Parsed parsed = parse(octets);
    REQUIRE(parsed.message);
    CHECK(found_in(octets) == "");
    CHECK(parsed.message->method == "OPTIONS");
    CHECK(parsed.message->header("Subject") == "I know you're there, pick up");
    CHECK(parsed.message->body == "body");
}

TEST_CASE("CR alone ends a line, and doubled CR ends only one") {
    const Parsed parsed = parse("SIP/2.0 200 OK\r\r\nTo: a\rFrom: b\r\r\n\r\r\nbody\r\n");
    REQUIRE(parsed.message);
    CHECK(parsed.message->header("To") == "a");
    CHECK(parsed.message->header("From") == "b");
    CHECK(parsed.message->body == "body\r\n");
}

TEST_CASE("the next message of a stream begins where the first is consumed") {
    const std::string first = on_the_wire(busy) + "\r\n";
    const std::string second = "SIP/2.0 200 OK\r\n";
    const Parsed parsed = parse(first + second);
    CHECK(parsed.consumed == first.size());
}

TEST_CASE("an empty reason phrase is read and written with its space") {
    const Parsed parsed = parse("SIP/2.0 100 \r\nVia: SIP/2.0/UDP h\r\n\r\n");
    REQUIRE(parsed.message);
    CHECK(parsed.message->status == 100);
    CHECK(parsed.message->reason_phrase.empty());
    CHECK(label_of(*parsed.message) == "100");
    CHECK(octets_of(*parsed.message).starts_with("SIP/2.0 100 \r\n"));
}

TEST_CASE("what has no first line of SIP is no message") {
    for (const char* octets :
         {"", "hello\r\n", "SIP/2.0 700 Far\r\n\r\n", "SIP/2.0 4294967301 better\r\n\r\n", "INVITE SIP/2.0\r\n\r\n"}) {
        CHECK_FALSE(parse(octets).message);
        CHECK(parse(octets).consumed == std::string(octets).size());
    }
}

TEST_CASE("a body shorter than Content-Length is kept, a longer one is cut") {
    CHECK(parse("SIP/2.0 200 OK\r\nContent-Length: 10\r\n\r\nabc").message->body == "abc");
    CHECK(parse("SIP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nabc").message->body == "ab");
    CHECK(parse("SIP/2.0 200 OK\r\nContent-Length: -1\r\n\r\nabc").message->body == "abc");
    CHECK(parse("SIP/2.0 200 OK\r\nl:\r\n 2\r\n\r\nabc").consumed == 28);
}

TEST_CASE("octets of zero are octets of the body like others") {
    const Parsed parsed = parse(std::string("SIP/2.0 200 OK\r\nl: 3\r\n\r\na\0b", 27));
    CHECK(parsed.message->body == std::string("a\0b", 3));
}

TEST_CASE("every beginning of a message is read without harm") {
    const std::string octets = on_the_wire(busy) + "\r\n";
    std::size_t read = 0;
    for (std::size_t length = 0; length <= octets.size(); ++length)
        if (parse(octets.substr(0, length)).message) ++read;
    // From "SIP/2.0 486" on there is a status line, but for the place where its phrase is cut.
    CHECK(read == octets.size() + 1 - std::string("SIP/2.0 486").size());
}

TEST_CASE("a line that begins with a blank or a tab goes on with the value before it") {
    for (const std::string begin : {" ", "\t", "  \t", "\t "}) {
        const auto read =
            parse("OPTIONS sip:b@h SIP/2.0\r\nSubject: I know\r\n" + begin + "you're there\r\nTo: <sip:b@h>\r\n\r\n");
        REQUIRE(read.message);
        CHECK(read.message->header("Subject") == "I know you're there");
        CHECK(read.message->header("To") == "<sip:b@h>");
        CHECK(read.message->fields.size() == 2);
    }
}
