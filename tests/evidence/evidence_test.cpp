#include "evidence/evidence.h"

#include <doctest/doctest.h>

#include "evidence/pattern.h"
#include "evidence/told.h"
#include "support/text.h"

using namespace sipdex;
using namespace sipdex::evidence;
using test::found_in;
using test::vocabulary;

TEST_CASE("a message is found whatever a log puts before its lines") {
    CHECK(found_in(test::picture(R"(
        I/flutter (32165): [10:51:24] received text message:
        I/flutter (32165): SIP/2.0 401 Unauthorized
        I/flutter (32165): Via: SIP/2.0/WSS g581.invalid;received=192.0.2.9
        I/flutter (32165): CSeq: 3433 INVITE
    )")) == "2-4 < 401 Unauthorized [Via: SIP/2.0/WSS g581.invalid;received=192.0.2.9] [CSeq: 3433 INVITE]\n");
    CHECK(found_in(test::picture(R"(
        2020-03-29 01:25:05.098535 linphone[68064] sent:
        2020-03-29 01:25:05.098646 linphone[68064] 	SIP/2.0 180 Ringing
        2020-03-29 01:25:06.000001 linphone[68064] 	CSeq: 20 INVITE
    )")) == "2-3 > 180 Ringing [CSeq: 20 INVITE]\n");
    CHECK(found_in("INFO: Sending: INVITE sip:100@192.0.2.8 SIP/2.0\nCSeq: 1 INVITE\n") ==
          "1-2 > INVITE [CSeq: 1 INVITE]\n");
}

TEST_CASE(
    "what a log puts before a message it puts before all its lines: fields nobody knows, folded values, the body") {
    CHECK(found_in(test::picture(R"(
        10:51:24 sbc.1 > INVITE sip:bob@example.com SIP/2.0
        10:51:24 sbc.1 > Portasip: yes
        10:51:25 sbc.2 > Reason: Q.850
        10:51:25 sbc.2 >  ;cause=17
        10:51:25 sbc.2 > Content-Type: application/sdp
        10:51:25 sbc.2 >
        10:51:25 sbc.2 > v=0
        10:51:25 sbc.2 > s=-
    )")) == "1-8 INVITE [Portasip: yes] [Reason: Q.850;cause=17] [Content-Type: application/sdp] body 10\n");
    // "Answer: " looks like "Reason: ", but what stands between belongs to no message.
    CHECK(found_in("Answer: SIP/2.0 486 Busy Here\nAnswer: CSeq: 1 INVITE\n\nand the gateway gave\n\nReason: "
                   "Q.850;cause=17\n") == "1-2 486 Busy Here [CSeq: 1 INVITE]\n6-6 fields [Reason: Q.850;cause=17]\n");
}

TEST_CASE("which way a message went is told on its own line, or above where that says nothing") {
    const std::string rest = "SIP/2.0 486 Busy Here\nCSeq: 1 INVITE\n";
    CHECK(found_in("12:00 received\n12:00 sent: " + rest) == "2-3 > 486 Busy Here [CSeq: 1 INVITE]\n");
    CHECK(found_in("12:00 received\n12:00 sbc: " + rest) == "2-3 < 486 Busy Here [CSeq: 1 INVITE]\n");
    // What one message was marked with says nothing of the fields that follow it.
    CHECK(found_in("12:00 sent: " + rest + "\n- - -\n\nand\n\nWarning: 304 a \"b\"\n") ==
          "1-2 > 486 Busy Here [CSeq: 1 INVITE]\n8-8 fields [Warning: 304 a \"b\"]\n");
}

TEST_CASE("quoting, numbering, indentation and blank lines between fields take nothing away") {
    const char* const expected = "1-3 486 Busy Here [CSeq: 1 INVITE] [Reason: Q.850;cause=17]\n";
    CHECK(found_in("> SIP/2.0 486 Busy Here\n> CSeq: 1 INVITE\n> Reason: Q.850;cause=17\n") == expected);
    CHECK(found_in("1: SIP/2.0 486 Busy Here\n2: CSeq: 1 INVITE\n3: Reason: Q.850;cause=17\n") == expected);
    CHECK(found_in("    SIP/2.0 486 Busy Here\n    CSeq: 1 INVITE\n    Reason: Q.850;cause=17\n") == expected);
    CHECK(found_in("SIP/2.0 486 Busy Here.\nCSeq: 1 INVITE.\nReason: Q.850;cause=17.\n") == expected);
    CHECK(found_in("SIP/2.0 486 Busy Here\n\nCSeq: 1 INVITE\n\n\nReason: Q.850;cause=17\n") ==
          "1-6 486 Busy Here [CSeq: 1 INVITE] [Reason: Q.850;cause=17]\n");
}

TEST_CASE("a value that was moved to the next line comes back to its field") {
    CHECK(found_in("SIP/2.0 486 Busy Here\nReason:\nQ.850;cause=17\nCSeq:\n\n1 INVITE\n") ==
          "1-6 486 Busy Here [Reason: Q.850;cause=17] [CSeq: 1 INVITE]\n");
    CHECK(found_in("SIP/2.0 486 Busy Here\nVia: SIP/2.0/UDP\n192.0.2.1:5060;branch=z9hG4bK1\n") ==
          "1-3 486 Busy Here [Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1]\n");
    CHECK(found_in("SIP/2.0 486 Busy Here\r\nReason: Q.850\r\n ;cause=17\r\n") ==
          "1-3 486 Busy Here [Reason: Q.850;cause=17]\n");
}

TEST_CASE("what was folded into one line is unfolded") {
    const char* const expected = "1-1 486 Busy Here [CSeq: 1 INVITE] [Reason: Q.850;cause=17]\n";
    CHECK(found_in("{\"msg\": \"SIP/2.0 486 Busy Here\\r\\nCSeq: 1 INVITE\\r\\nReason: Q.850;cause=17\\r\\n\"}") ==
          expected);
    CHECK(found_in("sbc[1]: SIP/2.0 486 Busy Here#015#012CSeq: 1 INVITE#015#012Reason: Q.850;cause=17#015#012") ==
          expected);
    CHECK(found_in("SIP/2.0 486 Busy Here CSeq: 1 INVITE Reason: Q.850;cause=17") == expected);
    CHECK(found_in("SIP/2.0 486 Busy Here..CSeq: 1 INVITE..Reason: Q.850;cause=17..") ==
          "1-1 486 Busy Here [CSeq: 1 INVITE] [Reason: Q.850;cause=17]\n");
    // A web page may leave the header fields as they were.
    CHECK(found_in("INVITE sip:bob@example.com SIP/2.0\nCSeq: 1 INVITE\n\nv=0 o=- 1 1 IN IP4 192.0.2.1 s=- t=0 0\n") ==
          "1-4 INVITE [CSeq: 1 INVITE] body 43\n");
}

TEST_CASE("several messages are several, requests among responses") {
    CHECK(
        found_in(test::picture(R"(
        INVITE sip:bob@example.com SIP/2.0
        CSeq: 1 INVITE

        v=0
        o=- 1 1 IN IP4 192.0.2.1

        SIP/2.0 180 Ringing
        CSeq: 1 INVITE
        SIP/2.0 486 Busy Here
        CSeq: 1 INVITE
    )")) ==
        "1-5 INVITE [CSeq: 1 INVITE] body 31\n7-8 180 Ringing [CSeq: 1 INVITE]\n9-10 486 Busy Here [CSeq: 1 INVITE]\n");
    CHECK(found_in(
              "NOTIFY sip:a@192.0.2.1 SIP/2.0\nContent-Type: message/sipfrag\n\nSIP/2.0 503 Service Unavailable\n") ==
          "1-4 NOTIFY [Content-Type: message/sipfrag] body 33\n");
}

TEST_CASE("header fields alone are found where one of them speaks of SIP") {
    CHECK(found_in("Reason: Q.850;cause=17") == "1-1 fields [Reason: Q.850;cause=17]\n");
    CHECK(found_in("X-MS-Skype: 1\nTo: me") == "1-2 fields [X-MS-Skype: 1] [To: me]\n");
    CHECK(found_in("To: me\nFrom: you\nSubject: hello") == "");
    CHECK(found_in("Authentication failed; Reason: wrong password") == "");
}

TEST_CASE("what a log says behind a phrase is no part of it") {
    CHECK(found_in("INFO: SIP/2.0 486 Busy Here from 192.0.2.1:5060 [42]\n") == "1-1 486 Busy Here\n");
    CHECK(found_in("SIP/2.0 404 No route to destination\n") == "1-1 404 No route to destination\n");
    CHECK(found_in("> **SIP/2.0 486 Busy Here**\n> CSeq: 1 INVITE\n") == "1-2 486 Busy Here [CSeq: 1 INVITE]\n");
    CHECK(found_in("SIP/2.0 486 \\e[31mBusy Here\\e[0m\n") == "1-1 486 Busy Here\n");
}

TEST_CASE("a line that speaks of a response names it; sizes, times, ports and lines do not") {
    CHECK(found_in("-- Got SIP response 503 \"Service Unavailable\" back from 192.0.2.46:5060") ==
          "1 response 503 Service Unavailable\n");
    CHECK(found_in("SIP registration failed, status=408 (Request Timeout)") == "1 response 408 Request Timeout\n");
    CHECK(found_in("2 0.1 192.0.2.1 → 192.0.2.2 SIP 460 Status: 403 Forbidden (REGISTER)") ==
          "1 response 403 Forbidden (REGISTER) to REGISTER\n");
    CHECK(found_in("tsx0x7f Response msg 486/INVITE/cseq=102 (rdata0x7f)") == "1 response 486 - to INVITE\n");
    CHECK(found_in("SipCallFailure=504; sip_final_response=503 q850=34") ==
          "1 response 504 -\n1 response 503 -\n1 cause 34 -\n");
    CHECK(found_in("408 Request Timeout, then 403 Forbidden for REGISTER") ==
          "1 response 408 Request Timeout to REGISTER\n1 response 403 Forbidden to REGISTER\n");
    // What logs call "INFO" is a request only where one would stand.
    CHECK(found_in("10:12:13 INFO [trunk] RX 403 Forbidden") == "1 response 403 Forbidden\n");
    CHECK(found_in("10:12:13 INFO response 403 Forbidden to REGISTER") == "1 response 403 Forbidden to REGISTER\n");
    CHECK(found_in("tsx0x7f Response msg 403/INFO/cseq=3") == "1 response 403 - to INFO\n");
    CHECK(found_in("Code: [488] and 0x404") == "1 response 488 -\n1 response 404 0x404\n");
    CHECK(found_in("480 Number Not Provisioned") == "1 response 480 Number Not Provisioned perhaps\n");
    CHECK(found_in("Cause: NO_ROUTE_DESTINATION, hangup cause 17, cause=34") ==
          "1 cause 3 NO_ROUTE_DESTINATION\n1 cause 17 -\n1 cause 34 -\n");
    CHECK(found_in("DIALSTATUS=CHANUNAVAIL, error 32011: No matching endpoint found") ==
          "1 own - CHANUNAVAIL\n1 own - 32011 perhaps\n1 own - No matching endpoint found\n");
    CHECK(found_in("recv 480 bytes in 404 ms, line 486, :480, 480%, 1.480, 5060") == "");
    CHECK(found_in("server error occurred (480/SL)") == "");
    CHECK(found_in("the Mississippi 404 bridge") == "");
}

TEST_CASE("what stands before the lines of one message is not looked for before the next") {
    CHECK(found_in(
              "[x] SIP/2.0 486 Busy Here\n[x] CSeq: 1 INVITE\n\nand later:\n\nReason: Q.850;cause=17\nCSeq: 2 BYE\n") ==
          "1-2 486 Busy Here [CSeq: 1 INVITE]\n6-7 fields [Reason: Q.850;cause=17] [CSeq: 2 BYE]\n");
}

TEST_CASE("patterns fit what products fill in") {
    CHECK(fits("User channel limit exceeded D#", "user channel limit exceeded d1"));
    CHECK_FALSE(fits("User channel limit exceeded D#", "User channel limit exceeded D12"));
    CHECK(fits("* (*/TM)", "Send failed (477/TM)"));
    CHECK(fits("@@@*", "NORMAL_CLEARING"));
    CHECK_FALSE(fits("@@@*", "Normal clearing"));
    CHECK(fits("*a*b*c", "xxaxxbxxc"));
    CHECK_FALSE(fits("*a*b*c", "xxaxxbxx"));
    CHECK(fits("*", ""));
    CHECK_FALSE(fits("", "x"));
    CHECK(fits(std::string(50, '*') + "b", std::string(5000, 'a') + "b"));
}

TEST_CASE("a mebibyte is read, and the rest is said to be left") {
    std::string log;
    while (log.size() < most_octets + 1000)
        log += "[10:00:00] NOTICE: Got SIP response 486 \"Busy Here\"\nSIP/2.0 486 Busy Here\nCSeq: 1 INVITE\n\n";
    const Found found = read(log, vocabulary());
    CHECK(found.stopped_early);
    CHECK(found.messages.size() > 10000);
    CHECK_FALSE(read(log.substr(0, 1000), vocabulary()).stopped_early);
}
