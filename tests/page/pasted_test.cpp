// What people bring, and how it is answered.
#include "page/pasted.h"

#include <doctest/doctest.h>

#include "page/lookup.h"
#include "page/pages.h"
#include "paint/text.h"
#include "support/small_catalog.h"
#include "support/text.h"

using namespace sipdex;

namespace {

const catalog::Catalog& real() {
    static const catalog::Catalog opened(SIPDEX_CATALOG);
    return opened;
}

// What a text is read as: the codes, the answer's first, and who speaks.
std::string read_as(const std::string& text, const char* language = "en") {
    const language::Words words(language);
    const auto found = page::read_pasted({real(), words}, text);
    if (!found) return "nothing";
    std::string told;
    for (const std::string& code : found->codes) told += (told.empty() ? "" : ", ") + code;
    if (found->response.size() > 3) told += " (" + found->response + ")";
    if (found->who.speaker)
        told += (told.empty() ? "" : "; ") + found->who.speaker->name + ", " + found->who.speaker->certainty;
    return told;
}

// The first section of the page, as one line for each item.
std::string told_of(const std::string& text, const char* language = "en") {
    const language::Words words(language);
    const auto found = page::read_pasted({real(), words}, text);
    if (!found) return "nothing";
    std::string told;
    for (const document::Item& item : std::get<document::List>(found->page.sections.front().blocks.front()).items)
        told +=
            (item.label.empty() ? "" : document::words_of(item.label) + ": ") + document::words_of(item.text) + "\n";
    return told;
}

bool tells(const std::string& text, const std::string& words, const char* language = "en") {
    return told_of(text, language).find(words) != std::string::npos;
}

std::string glance_of(const std::string& text) {
    const language::Words words("en");
    const auto found = page::read_pasted({real(), words}, text);
    for (const document::Section& section : found->page.sections)
        if (section.id == "at-a-glance") {
            std::string told;
            for (const auto& row : std::get<document::FactTable>(section.blocks.front()).rows)
                told += document::words_of(row.label) + ": " + document::words_of(row.cells.front()) + "\n";
            return told;
        }
    return {};
}

}  // namespace

TEST_CASE("the status line decides the code, wherever it stands and whatever stands around it") {
    struct Trial {
        const char* text;
        const char* read;
    };
    const Trial trials[] = {
        {"recv:\nSIP/2.0 603 Decline\nReason: Q.850;cause=21\n", "603; Asterisk, likely"},
        {"recv:\nSIP/2.0 503 Service Unavailable\nReason: Q.850;cause=127\n", "503; Asterisk, likely"},
        {"Received:\nSIP/2.0 403 Forbidden\nReason: Q.850;cause=63\n", "403; Asterisk, likely"},
        {"Received:\nSIP/2.0 503 Service Unavailable\nRetry-After: 30\n", "503"},
        {"10:00:00.1 core.c .RX 390 bytes Response msg 400\nSIP/2.0 400 Bad Request\nCSeq: 1 INVITE\n", "400"},
        {"BYE sip:a@192.0.2.1 SIP/2.0\nReason: SIP;cause=408\n\nSIP/2.0 481 Call Does Not Exist\nCSeq: 2 BYE\n",
         "481; baresip, possible"},
        {"SIP/2.0 180 Ringing\nCSeq: 2 INVITE\n\nSIP/2.0 503 Service Unavailable\nCSeq: 2 INVITE\n", "503, 180"},
        {"SIP/2.0 100 Trying\n\nSIP/2.0 401 Unauthorized\n\nSIP/2.0 403 Forbidden\n", "403, 100, 401"},
        {"SIP/2.0 401 Unauthorized\nCSeq: 1 REGISTER\n\nSIP/2.0 200 OK\nCSeq: 2 REGISTER\n", "200, 401"},
        {"SIP/2.0 200 OK\nCSeq: 1 INVITE\n\nSIP/2.0 481 Call/Transaction Does Not Exist\nCSeq: 2 BYE\n", "481, 200"},
        {"SIP/2.0 200 OK\nCSeq: 1 CANCEL\n\nSIP/2.0 487 Request Terminated\nCSeq: 1 INVITE\n", "487, 200"},
        {"> SIP/2.0 486 Busy Here\n>\n> Via: SIP/2.0/UDP 192.0.2.1\n>\n> CSeq: 1 INVITE\n", "486"},
        {"1: SIP/2.0 486 Busy Here\n2: CSeq: 1 INVITE\n3: Retry-After: 60\n", "486"},
        {"SIP/2.0 486 Busy Here\\r\\nCSeq: 1 INVITE\\r\\nRetry-After: 60\\r\\n", "486"},
        {"log 10:00 SIP/2.0 486 Busy Here#015#012CSeq: 1 INVITE#015#012", "486"},
        {"SIP/2.0 603 Network BlockedReason: Q.850;cause=21;text=\"v=analytics1;tel=+12125550100\"", "603"},
        {"SIP/2.0 603 Network Blocked\r\nReason: "
         "SIP;cause=603;text=\"v=analytics1;url=https://a.example\";location=RLN\r\n",
         "603 (603-network-blocked); US carriers (603+), sure"},
        {"SIP/2.0 603 Network Blocked", "603; US carriers (603+), likely"},
        {"12:00:01.5 sbc1 SIP/2.0 486 Besetzt\nRetry-After: 18000", "486"},
        {"SIP/2.0 699 Odd\nCSeq: 1 INVITE\n", "699"},
    };
    for (const Trial& trial : trials) {
        CAPTURE(trial.text);
        CHECK(read_as(trial.text) == trial.read);
    }
}

TEST_CASE("where no message stands, a mention decides, and the page says so") {
    struct Trial {
        const char* text;
        const char* codes;
    };
    const Trial trials[] = {
        {"480 Temporarily Unavailable", "480"},
        {"SIP 480", "480"},
        {"[Dec 13 20:53:40] VERBOSE[1302] chan_sip.c: -- Got SIP response 482 \"Loop Detected\" back from "
         "192.0.2.46:5060",
         "482"},
        {"SIP registration failed, status=408 (Request Timeout)", "408"},
        {"OnRegState: 408 Request Timeout", "408"},
        {"12 0.531 192.0.2.1 → 192.0.2.2 SIP 460 Status: 403 Forbidden |", "403"},
        {"call failed with cause: Code: [488]", "488"},
        {"tsx0x7f Response msg 486/INVITE/cseq=102 (rdata0x7f)", "486"},
        {"SipCallFailure=504", "504"},
        {"0x403", "403"},
        {"the display says 0x404", "404"},
        {"response 503 after 32000 ms on port 5060", "503"},
    };
    for (const Trial& trial : trials) {
        CAPTURE(trial.text);
        const language::Words words("en");
        const auto found = page::read_pasted({real(), words}, trial.text);
        REQUIRE(found);
        REQUIRE(!found->codes.empty());
        CHECK(found->codes.front() == trial.codes);
        CHECK(tells(trial.text, "but contains no SIP message"));
    }
    CHECK(told_of("sip_final_response=503 q850=34 for REGISTER") ==
          "line 1: The text mentions 503 in response to REGISTER but contains no SIP message, so the header fields are "
          "unknown.\n"
          "line 1: Q.850 34 No circuit/channel available\n");
    for (const char* text : {"", "SIP/2.0", "SIP/2.0 abc", "see line 486 of the file", "port 5060, 200 ms, 404 bytes",
                             "192.168.1.480", "at 10:30:480", "Reason: wrong password", "500 calls a day"}) {
        CAPTURE(text);
        CHECK(read_as(text) == "nothing");
    }
}

TEST_CASE("a number in brackets that somebody's proxy wrote is never a code") {
    CHECK(read_as("SIP/2.0 500 I'm terribly sorry, server error occurred (480/SL)\nCSeq: 1 INVITE\n") ==
          "500; Kamailio, sure");
    CHECK(read_as("I'm terribly sorry, server error occurred (480/SL)").find("480") == std::string::npos);
}

TEST_CASE("a Reason alone decides by its protocol, and by the table of whoever speaks") {
    CHECK(read_as("Reason: SIP;cause=607;text=\"Unwanted\"") == "607");
    CHECK(read_as("Reason: STIR;cause=436").starts_with("436"));
    CHECK(read_as("Reason: Q.850;cause=21") == "403; Asterisk, likely");
    CHECK(read_as("Reason: Q.850;cause=21;text=\"CALL_REJECTED\"") == "603; FreeSWITCH, likely");
    CHECK(tells("Reason: Q.850;cause=21", "There is no status line."));
    CHECK(read_as("Warning: 399 a.example \"Line is barred\"") == "");
}

TEST_CASE("a request with a Reason is told as what it is, not as the page of that code") {
    const char* const ack =
        "BYE sip:1001@192.0.2.44 SIP/2.0\nCSeq: 9 BYE\nReason: SIP;cause=408;text=\"ACK Timeout\"\n";
    CHECK(told_of(ack).find("line 1: A BYE, which is a request, not a response.\n") == 0);
    CHECK(tells(ack, "“ACK Timeout”"));
    CHECK(glance_of(ack).find("The 200 was never acknowledged") != std::string::npos);
    CHECK(tells(
        "CANCEL sip:1001@192.0.2.44 SIP/2.0\nCSeq: 9 CANCEL\nReason: SIP;cause=200;text=\"Call completed elsewhere\"\n",
        "“Call completed elsewhere”"));
    const char* const untagged =
        "BYE sip:192.0.2.1 SIP/2.0\nFrom: <sip:401@192.0.2.1>;tag=b7\nTo: <sip:402@192.0.2.1>\nCSeq: 3 BYE\n\n"
        "SIP/2.0 481 Call/Transaction Does Not Exist\nCSeq: 3 BYE\n";
    CHECK(tells(untagged, "line 3: To has no tag."));
}

TEST_CASE("what stands in the paste is used, each with the line it comes from") {
    struct Trial {
        const char* text;
        const char* told;
    };
    const Trial trials[] = {
        {"SIP/2.0 403 Forbidden\nCSeq: 1 INVITE\nReason: Q.850;cause=63;text=\"host sbc.example.com does not match the "
         "certificate\"\n",
         "line 3: Reason gives the Q.850 cause 63 and says: “host sbc.example.com does not match the certificate”."},
        {"SIP/2.0 422 Session Interval Too Small\nCSeq: 12 INVITE\nMin-SE: 120\n",
         "line 3: Min-SE: the session interval must be 120 seconds or more"},
        {"SIP/2.0 423 Interval Too Brief\nCSeq: 1 REGISTER\nMin-Expires: 300\n",
         "line 3: Min-Expires: the server grants 300 seconds or more"},
        {"SIP/2.0 420 Bad Extension\nCSeq: 1 INVITE\nUnsupported: 100rel\n",
         "line 3: Unsupported lists what the other side does not support: 100rel."},
        {"SIP/2.0 421 Extension Required\nCSeq: 1 INVITE\nRequire: timer\n",
         "line 3: Require: the other side requires timer."},
        {"SIP/2.0 405 Method Not Allowed\nCSeq: 1 REFER\nAllow: INVITE, ACK, BYE\n",
         "line 3: Allow: REFER is not allowed here, but these methods are: INVITE, ACK, BYE."},
        {"SIP/2.0 415 Unsupported Media Type\nCSeq: 1 MESSAGE\nAccept: text/plain\n",
         "line 3: Accept lists what would be accepted: text/plain."},
        {"SIP/2.0 302 Moved Temporarily\nCSeq: 1 INVITE\nContact: <sip:bob@192.0.2.9>\n",
         "line 3: Contact gives the address to try instead: <sip:bob@192.0.2.9>."},
        {"SIP/2.0 401 Unauthorized\nCSeq: 1 REGISTER\nWWW-Authenticate: Digest realm=\"example.com\", nonce=\"a\", "
         "algorithm=SHA-256\n",
         "line 3: The server asks for credentials for the realm example.com, with SHA-256."},
        {"SIP/2.0 401 Unauthorized\nCSeq: 2 REGISTER\nWWW-Authenticate: Digest realm=\"example.com\", nonce=\"b\", "
         "stale=true\n",
         "line 3: The credentials were right; only the nonce is too old"},
        {"SIP/2.0 424 Bad Location Information\nCSeq: 1 INVITE\nGeolocation-Error: 100;code=\"Cannot Process "
         "Location\"\n",
         "line 3: Geolocation-Error: 100;code=\"Cannot Process Location\"."},
        {"SIP/2.0 503 Service Unavailable\nCSeq: 1 INVITE\nRetry-After: 30\n",
         "line 3: Retry-After: try again in 30 seconds at the earliest."},
        {"SIP/2.0 503 Service Unavailable\nCSeq: 1 INVITE\nServer: Test/1.0\n",
         "line 3: The message was written by Test/1.0."},
        {"SIP/2.0 488 Not Acceptable Here\nCSeq: 1 INVITE\nWarning: 304 192.0.2.1 \"Media type not available\"\n",
         "line 3: Warning 304 says: “Media type not available”."},
        {"SIP/2.0 486 Busy Here\nCSeq: 1 INVITE\nX-Cause-Detail: 42\n",
         "line 3: X-Cause-Detail is the sender’s own header field: 42."},
        {"<--- Received SIP response (390 bytes) from UDP:192.0.2.7:5060 --->\nSIP/2.0 486 Busy Here\nCSeq: 1 INVITE\n",
         "line 2: Received: 486 Busy Here, in answer to INVITE."},
    };
    for (const Trial& trial : trials) {
        CAPTURE(told_of(trial.text));
        CHECK(tells(trial.text, trial.told));
    }
    CHECK(tells(trials[0].text, "ligne 3 : Reason donne la cause Q.850 63 avec le texte «\u00a0host sbc.example.com",
                "fr") == false);
    CHECK(tells(trials[0].text,
                "Reason donne la cause Q.850 63 avec le texte «\u00a0host sbc.example.com does not match the "
                "certificate\u00a0»",
                "fr"));
}

TEST_CASE("what the telephone network said is told only where a gateway spoke") {
    CHECK(tells("SIP/2.0 403 Forbidden\nCSeq: 1 INVITE\nReason: Q.850;cause=63;text=\"x y\"\n",
                "The message does not tell whether this cause comes from a telephone network or from the responding "
                "system itself."));
    CHECK(
        tells("SIP/2.0 480 Temporarily Unavailable\nCSeq: 1 INVITE\nReason: Q.850;cause=16;text=\"NORMAL_CLEARING\"\n",
              "FreeSWITCH sets this cause itself; it does not prove that a telephone network reported it."));
    CHECK(tells("SIP/2.0 404 Not Found\nCSeq: 1 INVITE\nServer: Cisco-SIPGateway/IOS-12.x\nReason: Q.850;cause=1\n",
                "A gateway sent this message, so the cause comes from the telephone network."));
}

TEST_CASE("the answer at a glance follows phrase, speaker and method, not the code alone") {
    const std::string busy = glance_of("SIP/2.0 486 User Busy D4\nCSeq: 1 INVITE\n");
    CHECK(busy.find("Produced by: Telnyx") != std::string::npos);
    CHECK(busy.find("A limit is reached") != std::string::npos);
    CHECK(glance_of("SIP/2.0 404 Not Found\nCSeq: 7 OPTIONS\n").find("the other side is alive") != std::string::npos);
    CHECK(glance_of("SIP/2.0 600 Busy everywhere - Empty list of S-CSCFs\nCSeq: 1 INVITE\n")
              .find("fault inside the operator’s network") != std::string::npos);
    CHECK(glance_of("SIP/2.0 404 Number Not Provisioned\nCSeq: 6 INVITE\n").find("What is behind it") !=
          std::string::npos);
}

TEST_CASE("what would let more be said is named, and why; of a whole message nothing is missing") {
    CHECK(
        tells("SIP/2.0 486 Busy Here\n",
              "To say more, add from the same message: CSeq (which request was answered), Via (which hops it passed), "
              "Call-ID (which messages belong together), From and To (who called whom), Reason, Warning or Server "
              "(who refused, and why)."));
    CHECK(tells("SIP/2.0 486 Busy Here\nServer: x\nVia: SIP/2.0/UDP h\nFrom: <sip:a@h>\nCall-ID: 1\n",
                "from the same message: CSeq (which request was answered)."));
    CHECK(tells("Reason: Q.850;cause=17\n", "add from the same message: the status line (which code),"));
    CHECK(tells("SIP/2.0 486 Busy Here\n", "Pour en dire plus, ajoutez, du même message", "fr"));
    CHECK_FALSE(
        tells("SIP/2.0 486 Busy Here\nVia: SIP/2.0/UDP h\nFrom: <sip:a@h>\nTo: <sip:b@h>\nCall-ID: 1\n"
              "CSeq: 1 INVITE\n",
              "To say more"));
}

TEST_CASE("what is searched for and what is pasted are told apart") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    for (const char* text : {"reason : Q.850;cause=17", "SIP/2.0 486 Busy Here",
                             "Got SIP response 482 \"Loop Detected\" back from 192.0.2.46",
                             "P-Registrar-Error: Too many registered contacts"})
        CHECK_MESSAGE(page::looks_pasted(reader, text), text);
    for (const char* text : {"call rejected for no reason", "486", "busy", "Timer B", "300 607", "what does 486 mean",
                             "cause 17", "line stays open after hang up"})
        CHECK_MESSAGE(!page::looks_pasted(reader, text), text);
}

TEST_CASE("show and search answer the same input by the same page") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    for (const char* text :
         {"486", "Contact", "Retry-After", "timer B", "dialog", "cause 17", "Q.850 34", "NO_ROUTE_DESTINATION",
          "Telnyx", "Busy Here", "480 Temporarily Unavailable", "SIP/2.0 480 Temporarily Unavailable", "560403"}) {
        CAPTURE(text);
        const document::Document shown = page::page_for(reader, text);
        CHECK(shown.kind != document::Document::Kind::notice);
        const page::Found found = page::look_up(reader, text);
        if (found.pasted) CHECK(found.pasted->page.title == shown.title);
        else CHECK(found.hits.front().title.find(shown.title) != std::string::npos);
    }
    CHECK(document::words_of(page::page_for(reader, "retry-aftr").summary).find("Retry-After") != std::string::npos);
    // What shares a word or two with what was asked for is not offered as if it were meant.
    CHECK(document::words_of(page::page_for(reader, "my customer hears purple elephants at noon").summary)
              .find("My calls show as spam") == std::string::npos);
}

TEST_CASE("no text, however odd, is read for ever or breaks anything") {
    const language::Words words("en");
    const page::Reader reader{real(), words};
    for (const char* text : {"Reason:", "Reason: ;;;=", "Warning: x", "Retry-After: 99999999999999999999",
                             "INVITE sip:a@example.com SIP/2.0", "SIP/2.0 486", "SIP/2.0  486  \n:\n::\n",
                             "Via:\nVia:\n\n\n", "SIP/2.0 200 OK\nContent-Type: message/sipfrag\n\nSIP/2.0 200 OK\n"})
        CHECK_NOTHROW(page::read_pasted(reader, text));
    std::string flood = "SIP/2.0 488 Not Acceptable Here\r\n";
    for (int i = 0; i < 5000; ++i) flood += "Warning: 399 a \"one\"\r\n";
    CHECK(told_of(flood).find("not shown") != std::string::npos);
}
