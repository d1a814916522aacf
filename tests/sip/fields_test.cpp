#include <doctest/doctest.h>

#include "sip/contact.h"
#include "sip/cseq.h"
#include "sip/name_addr.h"
#include "sip/token.h"
#include "sip/uri.h"
#include "sip/values.h"
#include "sip/via.h"

using namespace sipdex::sip;

namespace {

std::string uri_again(std::string_view text) {
    const auto uri = parse_uri(text);
    return uri ? to_text(*uri) : "nothing";
}

std::string address_again(std::string_view text) {
    const auto address = parse_name_addr(text);
    return address ? to_text(*address) : "nothing";
}

std::string via_again(std::string_view text) {
    const auto via = parse_via(text);
    return via ? to_text(*via) : "nothing";
}

}  // namespace

TEST_CASE("URIs are written as they were read") {
    for (const char* text :
         {"sip:alice@example.com", "sips:alice:secret@example.com:5061;transport=tcp;lr", "sip:[2001:db8::10]:5070",
          "sip:1-900;phone-context=x?y@example.com;user=phone", "sip:example.com?Route=%3Csip:sip.example.com%3E&a=b",
          "tel:+1-201-555-0123;ext=1", "urn:service:sos", "SIP:a@H"})
        CHECK(uri_again(text) == text);
}

TEST_CASE("a URI is taken apart") {
    const auto uri = parse_uri("sip:user;par=u%40example.net@example.com:5070;Transport=TCP;lr?Subject=x");
    REQUIRE(uri);
    CHECK(uri->user == "user;par=u%40example.net");
    CHECK(uri->host == "example.com");
    CHECK(uri->port == 5070);
    CHECK(uri->parameters.value("transport") == "TCP");
    CHECK(uri->is_loose());
    CHECK(uri->headers == "Subject=x");
    CHECK(parse_uri("sip:[2001:db8::10:5070]")->port == std::nullopt);
    CHECK(to_text(as_request_uri(*parse_uri("sip:h;method=INVITE;lr?a=b"))) == "sip:h;lr");
}

TEST_CASE("what is no URI gives nothing") {
    for (const char* text : {"", "bob", ":x", "sip:", "sip:@", "sip:bob@", "sip:h:port", "sip:h:99999", "1sip:h",
                             "sip:2001:db8::10", "sip:[2001:db8::1"})
        CHECK_MESSAGE(uri_again(text) == "nothing", text);
}

TEST_CASE("escapes are decoded once") { CHECK(unescaped("%41%2541%4") == "A%41%4"); }

TEST_CASE("addresses are written as they were read") {
    for (const char* text :
         {"<sip:a@h>", "Mr Watson <sip:w@h;transport=tcp>;tag=314159", "\"Bell, \\\"Alexander\\\"\" <sip:a@h>;tag=1;x",
          "\"Bob\" <sip:b@h>", "<tel:+12015550123>;tag=2"})
        CHECK(address_again(text) == text);
}

TEST_CASE("addresses are read with and without brackets, spaces and quotes") {
    CHECK(address_again("sip:a@h;tag=1") == "<sip:a@h>;tag=1");
    CHECK(parse_name_addr("sip:a@h;tag=1")->tag() == "1");
    CHECK(parse_name_addr("<sip:a@h;tag=1>")->tag() == "");
    CHECK(address_again("caller<sip:a@h>;tag=1") == "caller <sip:a@h>;tag=1");
    CHECK(address_again("\"caller\"<sip:a@h> ; tag = 1") == "\"caller\" <sip:a@h>;tag=1");
    CHECK(parse_name_addr("\"a \\\\ b\" <sip:a@h>")->display_name == "a \\ b");
    for (const char* text :
         {"", "\"Bob <sip:b@h>", "Bob <sip:b@h", "Bob sip:b@h", "<sip:b@h> tag=1", "sip:b@h?a=b", "\"Bob\""})
        CHECK_MESSAGE(address_again(text) == "nothing", text);
}

TEST_CASE("Vias are written as they were read") {
    for (const char* text : {"SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK74b21;rport", "SIP/2.0/TLS [2001:db8::9]",
                             "SIP/2.0/WSS h.invalid;branch=z9hG4bK1;received=[2001:db8::9:255]"})
        CHECK(via_again(text) == text);
    CHECK(via_again("SIP  / 2.0\t/ UDP   h : 5060 ; branch = z9hG4bK1 ;; rport") ==
          "SIP/2.0/UDP h:5060;branch=z9hG4bK1;rport");
    for (const char* text : {"", "SIP/2.0", "SIP/2.0/UDP", "SIP/2.0/UDP ;branch=1", "SIP/2.0/UDP h:x"})
        CHECK_MESSAGE(via_again(text) == "nothing", text);
}

TEST_CASE("a Via is taken apart") {
    const auto via = parse_via("SIP/2.0/UDP pc33.example.com;branch=z9hG4bK1;received=192.0.2.9;rport=5062");
    REQUIRE(via);
    CHECK(via->transport == "UDP");
    CHECK(via->sent_by() == "pc33.example.com");
    CHECK(via->branch() == "z9hG4bK1");
    CHECK(via->received() == "192.0.2.9");
    CHECK(via->rport() == 5062);
    CHECK_FALSE(parse_via("SIP/2.0/UDP h;rport")->rport());
    CHECK(parse_via("SIP/2.0/UDP h;rport")->wants_rport());
    CHECK(is_reliable("TCP"));
    CHECK_FALSE(is_reliable("udp"));
}

TEST_CASE("the top Via is marked and taken away, the others stay") {
    Message message;
    message.add("Via", "SIP/2.0/UDP c;branch=3, SIP/2.0/UDP b;branch=2");
    message.add("Via", "SIP/2.0/UDP a;branch=1");
    Via via = *top_via(message);
    via.parameters.set("received", "192.0.2.7");
    set_top_via(message, via);
    CHECK(message.header("Via") == "SIP/2.0/UDP c;branch=3;received=192.0.2.7, SIP/2.0/UDP b;branch=2");
    CHECK(vias_in(message).size() == 3);
    remove_top_via(message);
    CHECK(message.header("Via") == "SIP/2.0/UDP b;branch=2");
    remove_top_via(message);
    CHECK(message.header("Via") == "SIP/2.0/UDP a;branch=1");
    remove_top_via(message);
    CHECK_FALSE(top_via(message));
    remove_top_via(message);
    set_top_via(message, via);
    CHECK(top_via(message) == via);
}

TEST_CASE("commas within quotes and brackets separate no values") {
    CHECK(values_of(R"("Bell, \", A" <sip:a@h;x=1,2>,,<sip:w@h>)") ==
          std::vector<std::string_view>{R"("Bell, \", A" <sip:a@h;x=1,2>)", "<sip:w@h>"});
    CHECK(values_of(" \t").empty());
    Message message;
    message.add("Route", "<sip:p1;lr>,<sip:p2;lr>");
    message.add("Route", "<sip:p3;lr>");
    CHECK(addresses_in(message, "Route").size() == 3);
}

TEST_CASE("Contacts have a preference and a lifetime") {
    Message message;
    message.add("m", "<sip:low@h>;q=0.25;expires=60, sip:none@h, <sip:high@h>;Q=1.0");
    message.add("Contact", "<sip:broken@h");
    message.add("Contact", "<sip:odd@h>;q=7;expires=soon");
    const auto contacts = contacts_in(message);
    REQUIRE(contacts.size() == 4);
    CHECK(contacts[0].q == doctest::Approx(0.25));
    CHECK(contacts[0].expires == 60u);
    CHECK_FALSE(contacts[3].q);
    CHECK_FALSE(contacts[3].expires);
    std::string order;
    for (const Contact& contact : by_preference(contacts)) order += contact.address.uri.user + " ";
    CHECK(order == "none high odd low ");
    Message all;
    all.add("Contact", "*");
    REQUIRE(contacts_in(all).size() == 1);
    CHECK(contacts_in(all)[0].all);
}

TEST_CASE("CSeq is a number of 32 bits and a method") {
    CHECK(parse_cseq("0009  INVITE") == CSeq{9, "INVITE"});
    CHECK(to_text(CSeq{4294967295u, "BYE"}) == "4294967295 BYE");
    for (const char* text : {"", "1", "INVITE", "-1 INVITE", "4294967296 INVITE", "1 IN VITE"})
        CHECK_MESSAGE(!parse_cseq(text), text);
}

TEST_CASE("quotes are put on and taken off") {
    CHECK(quoted("a \"b\" \\") == R"("a \"b\" \\")");
    CHECK(unquoted(quoted("a \"b\" \\")) == "a \"b\" \\");
    CHECK(unquoted("plain") == "plain");
    CHECK(unquoted("\"") == "\"");
}
