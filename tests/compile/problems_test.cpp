// Each complaint of the compiler, provoked once: a change to sources that are right, and what is said of it.
#include <doctest/doctest.h>

#include <algorithm>

#include "compile/compile.h"
#include "support/small_catalog.h"

using namespace sipdex;
using test::problems_in;

namespace {

// One of everything: responses, a pair, a term, a group, a path, a situation, a speaker, header fields, Q.850, French.
test::Sources one_of_everything() {
    test::Sources sources = test::busy_sources();
    std::string third = sources.at("data/responses/486.toml"), words = sources.at("i18n/en/responses/486.toml");
    third.replace(third.find("486"), 3, "603");
    third.replace(third.find("Busy Here"), 9, "Decline");
    sources["data/responses/603.toml"] = third;
    sources["i18n/en/responses/603.toml"] = words;
    sources["data/groups/busy.toml"] = "codes = [486, 600, 603]\nsources = [\"RFC 3261 §21.4.24\"]\n";
    sources["i18n/en/groups/busy.toml"] =
        "title = \"Busy\"\nsummary = \"Somebody is busy.\"\nsymptoms = [\"busy\"]\n[sign]\n486 = \"One.\"\n600 = "
        "\"All.\"\n603 = \"No.\"\n";
    sources["data/paths/busy-at-once.toml"] = R"(experience = "calling"
sources = ["RFC 3261 §21.4.24"]
[question.rings]
answers = [
  { id = "yes", to = "long" },
  { id = "no", to = "short" },
]
[question.long]
answers = [
  { id = "a", to = "short" },
  { id = "b", to = "late" },
]
[outcome.short]
codes = [486]
look_at = ["Retry-After"]
[outcome.late]
codes = [603]
)";
    sources["i18n/en/paths/busy-at-once.toml"] = R"(says = "Busy at once"
symptoms = ["busy at once"]
[question.rings]
text = "Does it ring?"
[question.rings.answer]
yes = "Yes"
no = "No"
[question.long]
text = "Long?"
[question.long.answer]
a = "No"
b = "Yes"
[outcome.short]
text = "Busy."
check = "Look."
act = "Wait."
[outcome.late]
text = "Declined."
check = "Ask."
act = "Ask again."
)";
    sources["data/situations.toml"] =
        "[nobody-there]\nwho = \"agent\"\nretry = \"do-not-retry\"\nwhere = \"person\"\ncases = [{ method = "
        "\"INVITE\", codes = [486] }]\n";
    sources["i18n/en/situations.toml"] =
        "[nobody-there]\nname = \"Nobody there\"\ncheck = \"Look.\"\ntell = \"Nobody is there.\"\n";
    sources["data/speakers/pbx.toml"] = R"(name = "PBX"
kind = "pbx"
sources = ["manual"]
[[sign]]
id = "server"
in = "server"
pattern = "pbx*"
certainty = "sure"
source = "manual"
[[sign]]
id = "own-field"
in = "field"
name = "X-PBX"
pattern = "*"
certainty = "likely"
source = "manual"
[[phrase]]
id = "away"
text = "User away"
codes = [486]
situation = "nobody-there"
source = "manual"
[[from_q850]]
cause = 17
code = "486"
source = "manual"
[[failover]]
does = "next"
codes = [603]
source = "manual"
)";
    sources["i18n/en/speakers/pbx.toml"] =
        "summary = \"A PBX.\"\n[sign]\nserver = \"It says so.\"\nown-field = \"Only it has this "
        "field.\"\n[phrase]\naway = \"Nobody is there.\"\n";
    sources["data/headers.toml"] =
        "[[header]]\nname = \"Retry-After\"\nstatus = \"registered\"\ndefined_in = \"RFC 3261 §20.33\"\n";
    sources["i18n/en/headers.toml"] = "[Retry-After]\ntext = \"When to try again.\"\n";
    sources["data/q850.toml"] = R"([[cause]]
value = 17
name = "User busy"
source = "ITU-T Q.850"
[[from_q850]]
cause = 17
code = 486
source = "RFC 3398 §7.2.4.1"
)";
    return sources;
}

// In `file` the first `was` is replaced; an empty `was` puts the text at the end, and with both empty there is no file.
struct Mistake {
    std::string file, was, is;
    std::string said;  // as it is printed: file, line, column, sentence
};

std::string complaint_about(const Mistake& mistake) {
    test::Sources sources = one_of_everything();
    std::string& text = sources[mistake.file];
    if (mistake.was.empty() && mistake.is.empty()) sources.erase(mistake.file);
    else if (mistake.was.empty()) text += mistake.is;
    else {
        const auto at = text.find(mistake.was);
        REQUIRE_MESSAGE(at != std::string::npos, mistake.file, " has no ", mistake.was);
        text.replace(at, mistake.was.size(), mistake.is);
    }
    return problems_in(sources);
}

const std::string r486 = "data/responses/486.toml", w486 = "i18n/en/responses/486.toml",
                  pair = "data/pairs/486-600.toml", pair_words = "i18n/en/pairs/486-600.toml",
                  path = "data/paths/busy-at-once.toml", path_words = "i18n/en/paths/busy-at-once.toml",
                  speaker = "data/speakers/pbx.toml", speaker_words = "i18n/en/speakers/pbx.toml",
                  q850 = "data/q850.toml";

const std::vector<Mistake> mistakes = {
    // A response.
    {r486, "code = 486", "code = 487", r486 + ":1:1: the code is 487, but the file is called 486.toml"},
    {r486, "phrase = \"Busy Here\"\n", "", r486 + ":1:1: 'phrase' is missing"},
    {r486, "phrase = \"Busy Here\"", "phrase = 486", r486 + ":2:10: 'phrase' must be a text, not"},
    {r486, "phrase = \"Busy Here\"", "phrase = \"Busy  Here\"",
     r486 + ":2:10: one blank parts two words of a phrase, and none stands at its ends"},
    {r486, "code = 486", "code = \"486\"", r486 + ":1:8: 'code' must be a whole number, not"},
    {r486, "generated_by = [{ who = \"uas\", source = \"RFC 3261 §21.4.24\" }]", "generated_by = []",
     "'generated_by' is missing"},
    {r486, "generated_by = [{ who = \"uas\"", "generated_by = [{ who = \"uass\"",
     "'uass' is not a value of 'who'; did you mean 'uas'?"},
    {r486, "methods = { of = [\"INVITE\"], source = \"RFC 3261 §21.4.24\" }\n", "", "'methods' is missing"},
    {r486, "of = [\"INVITE\"]", "of = [\"INVTE\"]", "'INVTE' is not a method; did you mean 'INVITE'?"},
    {r486, "of = [\"INVITE\"]", "except = [\"ACKK\"]", "'ACKK' is not a method; did you mean 'ACK'?"},
    {r486, "of = [\"INVITE\"]", "of = [true]", "'of' must hold texts, not"},
    {r486, "dialog = { effect = \"transaction\", source = \"RFC 5057 §5.1\" }\n", "", "'dialog' is missing"},
    {r486, "retry = { rule", "retry = { rules", "unknown key 'rules'; did you mean 'rule'?"},
    {r486, "failover = { rule = \"no\"", "failover = { rule = \"not\"",
     "'not' is not a value of 'rule'; did you mean 'no'?"},
    {r486, "strength = \"may\"", "strength = \"might\"", "'might' is not a value of 'strength'"},
    {r486, "strength = \"may\",", "strength = \"may\", when = \"temporaryy\",",
     "'temporaryy' is not a value of 'when'; did you mean 'temporary'?"},
    {r486, "headers = [{", "headers = \"none\"\nother = [{", "'headers' must be a list of tables, not"},
    {r486, "related = [600]", "related = [486]", r486 + ":12:8: no other response is called '486'\n"},
    {r486, "related = [600]", "related = [601]",
     r486 + ":12:12: no other response is called '601'; did you mean '600'?"},
    {r486, "sources = [\"RFC 3261 §21.4.24\"]\n", "", "'sources' is missing"},
    {r486, "where = \"person\"", "where = \"persons\"", "'persons' is not a value of 'where'; did you mean 'person'?"},
    {r486, "who = \"agent\"", "who = \"agents\"", "'agents' is not a value of 'who'; did you mean 'agent'?"},
    {r486, "[[step]]", "[[stepp]]", "unknown key 'stepp'; did you mean 'step'?"},
    {r486, "", "", "data/responses/486.toml is missing, which holds the facts for this"},
    // Its words.
    {w486, "", "", r486 + ":14:1: i18n/en/responses/486.toml is missing, which holds the words for this"},
    {w486, "summary = \"This phone is busy.\"", "summary = \"  \"", w486 + ":2:11: 'summary' is empty"},
    {w486, "wait = \"Wait.\"", "wait = \"\"", "'step.wait' is empty"},
    {w486, "tell = \"The line is busy.\"\n", "", "'tell' is missing"},
    {w486, "on-the-phone =", "in-a-call =", "has no cause 'in-a-call'"},
    {w486, "wait = \"Wait.\"", "weit = \"Wait.\"", "has no step 'weit'; did you mean 'wait'?"},
    {w486, "wait = \"Wait.\"", "weit = \"Wait.\"",
     "[step] lacks a text for 'wait', which data/responses/486.toml names"},
    {w486, "Retry-After = \"", "Retry-Before = \"", "has no header 'Retry-Before'"},
    {w486, "", "[fact]\nretri = \"Later.\"\n", "there is no fact 'retri'; did you mean 'retry'?"},
    {w486, "[600]", "[601]", "no response is called '601'"},
    {w486, "[[dialog]]", "[[dialogue]]", "no term is called 'dialogue'"},
    // The terms of a language.
    {"i18n/en/glossary.toml", "", "[busy]\nsay = \"in use\"\nnot = [\"is busy\"]\n",
     w486 + ":2:23: 'is busy' is not said here; the glossary says: in use"},
    {"i18n/en/glossary.toml", "", "[busy]\nsays = \"in use\"\n", "i18n/en/glossary.toml:1:1: 'say' is missing"},
    {"i18n/en/glossary.toml", "", "[busy]\nsay = \"in use\"\nnever = [\"busy\"]\n", "unknown key 'never'"},
    {"i18n/en/causes.toml", "", "[17]\nname = \"Busy\"\ntext = \"Busy.\"\n",
     "i18n/en/causes.toml:2:8: the English name of a cause stands in data/q850.toml"},
    // A pair.
    {pair, "[486, 600]", "[486]", pair + ":1:1: 'codes' must hold two codes"},
    {pair, "[486, 600]", "[600, 486]", pair + ":1:1: the lower code stands first"},
    {pair, "[486, 600]", "[486, 603]", pair + ":1:1: the file must be called 486-603.toml"},
    {pair, "[\"RFC 3261 §21.6.1\"]", "[]", "'sources' is missing"},
    {"data/pairs/486-601.toml", "", "codes = [486, 601]\nsources = [\"RFC 3261 §21.6.1\"]\n",
     "data/pairs/486-601.toml:1:1: no response is called '601'"},
    {pair_words, "", "", pair + ":1:1: i18n/en/pairs/486-600.toml is missing, which holds the words for this pair"},
    {pair_words, "600 = \"All are busy.\"", "603 = \"All are busy.\"", "'when.600' is missing"},
    {pair_words, "600 = \"All phones.\"", "", "'difference.reach.600' is missing"},
    {pair_words, "[difference.reach]\naspect = \"Reach\"\n486 = \"One phone.\"\n600 = \"All phones.\"\n", "",
     "a curated pair needs at least one [difference.…]"},
    {pair_words, "600 = \"All phones.\"", "600 = \"All phones.\"\n603 = \"None.\"",
     "a difference of this pair has no '603'; did you mean '600'?"},
    {"i18n/en/pairs/486-603.toml", "", "summary = \"One or none.\"\n",
     "data/pairs/486-603.toml is missing, which holds the facts for this"},
    // What facts rest on.
    {r486, "sources = [\"RFC 3261 §21.4.24\"]", "sources = [\"RFC 3261 21.4.24\"]",
     "'RFC 3261 21.4.24' is no source; write it as \"RFC 3261 §21.4.24\""},
    {r486, "sources = [\"RFC 3261 §21.4.24\"]", "sources = [\"Kamailio; RFC 3261§21.4.24\"]",
     "'RFC 3261§21.4.24' is no source; write it as \"RFC 3261 §21.4.24\""},
    {"data/rfcs.toml", "", "[3262]\ntitle = \"Reliability\"\nyear = 2002\n", "data/rfcs.toml does not know RFC 3261"},
    // Terms and header fields.
    {"data/terms.toml", "see = []", "see = [\"dialogs\"]", "no term is called 'dialogs'; did you mean 'dialog'?"},
    {"i18n/en/terms.toml", "[dialog]", "[dialogs]", "i18n/en/terms.toml lacks [dialog]"},
    {"i18n/en/headers.toml", "[Retry-After]", "[Retry-Before]", "data/ knows no header/Retry-Before"},
    {"i18n/en/headers.toml", "[Retry-After]", "[Retry-Before]", "i18n/en has no words for header/Retry-After"},
    {"i18n/en/headers.toml", "text = ", "test = ", "'text' is missing"},
    // A group and a path.
    {"data/groups/busy.toml", "[486, 600, 603]", "[486, 600]",
     "data/groups/busy.toml:1:1: a group holds at least three codes; two are a pair"},
    {"data/groups/busy.toml", "603", "604", "no response is called '604'"},
    {"i18n/en/groups/busy.toml", "", "", "i18n/en/groups/busy.toml is missing, which holds its words"},
    {path, "\"late\"", "\"later\"", path + ":11:20: no question or outcome is called 'later'; did you mean 'late'?"},
    {path, "\"late\"", "\"short\"", path + ":16:9: no answer leads to 'late'"},
    {path, "\"late\"", "\"rings\"", "the answers lead round in a circle through 'rings'"},
    {path, "  { id = \"b\", to = \"late\" },\n", "", "a question needs at least two answers"},
    {path, "codes = [603]", "codes = [604]", "no response is called '604'"},
    {path, "experience = \"calling\"\n", "", path + ":1:1: 'experience' is missing"},
    {path, "\"calling\"", "\"ringing\"",
     path + ":1:14: 'experience' is \"ringing\", but must be one of \"calling\", \"called\", \"talking\", \"phone\", "
            "\"services\", \"operating\""},
    {"data/paths/empty.toml", "", "experience = \"calling\"\nsources = [\"RFC 3261 §21\"]\n",
     "data/paths/empty.toml:1:1: a path needs a first [question.…]"},
    {path_words, "", "", path + ":1:1: i18n/en/paths/busy-at-once.toml is missing, which holds its words"},
    {path_words, "act = \"Wait.\"", "do = \"Wait.\"", "'outcome.short.act' is missing"},
    {path_words, "act = \"Wait.\"", "acts = \"Wait.\"",
     "data/paths/busy-at-once.toml has no 'outcome.short.acts'; did you mean 'outcome.short.act'?"},
    // A situation and a speaker.
    {"data/situations.toml", "do-not-retry", "do-not-try",
     "'do-not-try' is not a value of 'retry'; did you mean 'do-not-retry'?"},
    {"data/situations.toml", "codes = [486]", "codes = [604]", "no response is called '604'"},
    {"i18n/en/situations.toml", "[nobody-there]", "[nobody-here]", "i18n/en/situations.toml lacks [nobody-there]"},
    {"i18n/en/situations.toml", "[nobody-there]", "[nobody-here]", "data/situations.toml lacks [nobody-here]"},
    {"i18n/en/situations.toml", "tell = ", "say = ", "'tell' is missing"},
    {speaker, "kind = \"pbx\"", "kind = \"pbx\"\nruns_on = \"pby\"", "no speaker is called 'pby'; did you mean 'pbx'?"},
    {speaker, "id = \"own-field\"", "id = \"server\"", "'server' is there twice"},
    {speaker, "in = \"server\"", "in = \"servers\"", "'servers' is not a value of 'in'; did you mean 'server'?"},
    {speaker, "name = \"X-PBX\"\n", "", "'name' is missing"},
    {speaker, "situation = \"nobody-there\"", "situation = \"nobody-here\"",
     "no situation is called 'nobody-here'; did you mean 'nobody-there'?"},
    {speaker, "text = \"User away\"\ncodes = [486]", "text = \"User away\"\ncodes = [604]",
     "no response is called '604'"},
    {speaker, "cause = 17\ncode = \"486\"", "cause = 17\ncode = \"604\"", "no response is called '604'"},
    {speaker, "codes = [603]", "codes = [604]", "no response is called '604'"},
    {speaker, "[\"manual\"]", "[]", "'sources' is missing"},
    {speaker_words, "", "", "i18n/en/speakers/pbx.toml is missing, which holds its words"},
    {speaker_words, "summary", "sumary", "'summary' is missing"},
    {speaker_words, "server =", "sever =", "has no sign 'sever'; did you mean 'server'?"},
    {speaker_words, "away =", "gone =", "has no phrase 'gone'"},
    {"i18n/en/speakers/proxy.toml", "", "summary = \"A proxy.\"\n",
     "data/speakers/proxy.toml is missing, which holds the facts for this"},
    // Q.850, languages, the interface, the repository.
    {q850, "cause = 17", "cause = 18", "no cause 18 is listed"},
    {q850, "code = 486", "code = 604", "no response is called '604'"},
    {"i18n/fr/responses/486.toml", "gloss", "glose", "unknown key 'glose'; did you mean 'gloss'?"},
    {"i18n/fr/responses/486.toml", "", "[cause]\nin-a-call = \"Oui.\"\n", "English has no text 'cause.in-a-call'"},
    {"i18n/fr/responses/499.toml", "", "gloss = \"Rien\"\n", "there are no English words for response/499"},
    {"i18n/en/messages.toml", "", "Hello = \"Hello\"\n",
     "a message is named in lower case with underscores, not 'Hello'"},
    {"i18n/en/messages.toml", "", "hello = \"{name\"\n", "'hello' has a { without its }, near “{name”"},
    {"i18n/fr/messages.toml", "", "helo = \"Bonjour\"\n", "English has no message 'helo'; did you mean 'hello'?"},
    {"i18n/fr/messages.toml", "", "hello = \"Bonjour {name}\"\n",
     "'hello' takes the arguments none in English, here name"},
    {"VERSION", "", "\n", "is missing; write the catalog's version there, such as 2026.1"},
    {"data/terms.toml", "", "[open\n", "not valid TOML"},
};

// Where a key may stand that nobody knows: behind each of these lines, in each kind of table.
const std::vector<std::pair<std::string, std::string>> tables = {
    {r486, "code = 486\n"},
    {r486, "id = \"on-the-phone\"\n"},
    {r486, "id = \"wait\"\n"},
    {pair, "codes = [486, 600]\n"},
    {"data/terms.toml", "[dialog]\n"},
    {"data/groups/busy.toml", "codes = [486, 600, 603]\n"},
    {path, "[question.rings]\n"},
    {path, "[outcome.late]\n"},
    {path, "sources = [\"RFC 3261 §21.4.24\"]\n"},
    {"data/situations.toml", "[nobody-there]\n"},
    {speaker, "name = \"PBX\"\n"},
    {speaker, "[[sign]]\n"},
    {speaker, "[[phrase]]\n"},
    {speaker, "[[from_q850]]\n"},
    {speaker, "[[failover]]\n"},
    {"data/headers.toml", "[[header]]\n"},
    {q850, "[[cause]]\n"},
    {q850, "[[from_q850]]\n"},
    {w486, "gloss = \"Busy on this phone\"\n"},
    {pair_words, "summary = \"One phone or all.\"\n"},
    {path_words, "says = \"Busy at once\"\n"},
    {"i18n/en/terms.toml", "[dialog]\n"},
    {"i18n/en/headers.toml", "[Retry-After]\n"},
    {"i18n/en/situations.toml", "[nobody-there]\n"},
    {speaker_words, "summary = \"A PBX.\"\n"},
};

// The same within the braces of a table that stands in one line.
const std::vector<std::pair<std::string, std::string>> inline_tables = {
    {r486, "{ who = \"uas\","},
    {r486, "methods = {"},
    {r486, "dialog = {"},
    {r486, "retry = {"},
    {r486, "proxy = {"},
    {r486, "failover = {"},
    {r486, "[{ name = \"Retry-After\","},
    {path, "{ id = \"yes\","},
    {"data/situations.toml", "cases = [{"},
};

}  // namespace

TEST_CASE("sources with one of everything are right") { CHECK(problems_in(one_of_everything()) == ""); }

TEST_CASE("every mistake in a source is told, at its place and with its remedy") {
    for (const Mistake& mistake : mistakes) {
        const std::string said = complaint_about(mistake);
        CHECK_MESSAGE(said.find(mistake.said) != std::string::npos, mistake.file, " with '", mistake.is, "' for '",
                      mistake.was, "'\n  expected: ", mistake.said, "\n  came:     ", said.empty() ? "nothing" : said);
    }
}

TEST_CASE("a key that nobody knows is told in every kind of table") {
    for (const auto& one : tables)
        CHECK_MESSAGE(
            complaint_about({one.first, one.second, one.second + "oops = \"x\"\n", ""}).find("unknown key 'oops'") !=
                std::string::npos,
            one.first, " behind ", one.second);
    for (const auto& one : inline_tables)
        CHECK_MESSAGE(
            complaint_about({one.first, one.second, one.second + " oops = \"x\",", ""}).find("unknown key 'oops'") !=
                std::string::npos,
            one.first, " in ", one.second);
}
