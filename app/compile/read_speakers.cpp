// data/speakers/ and data/situations.toml: who speaks by which words, and what may be behind them.
#include "compile/compile.h"
#include "compile/tokens.h"
#include "facts/facts.h"

namespace sipdex::compile {

namespace {

using catalog::Speaker;
using source::Problems;
using source::Table;

// A field of its own has a name; elsewhere a name would mean nothing.
std::string name_of_field(Table& table, const std::string& in) {
    if (in == "field") return table.text("name");
    return {};
}

Speaker::Sign read_sign(Table& table) {
    Speaker::Sign sign;
    sign.id = table.text("id");
    sign.in = table.token("in", tokens::stands_in);
    sign.name = name_of_field(table, sign.in);
    sign.pattern = table.text("pattern");
    sign.certainty = table.token("certainty", tokens::certainty);
    sign.source = table.text("source");
    table.done();
    return sign;
}

Speaker::Phrase read_phrase(Table& table) {
    Speaker::Phrase phrase;
    phrase.id = table.text("id");
    phrase.in = table.has("in") ? table.token("in", tokens::stands_in) : "phrase";
    phrase.name = name_of_field(table, phrase.in);
    phrase.text = table.text("text");
    phrase.codes = table.texts("codes");
    if (table.has("method")) phrase.method = table.token("method", facts::registered_methods());
    phrase.situation = table.text_or("situation", {});
    phrase.cause = static_cast<int>(table.number_or("cause", 0));
    phrase.source = table.text("source");
    table.done();
    return phrase;
}

std::vector<Speaker::Mapping> read_mappings(Table& table, const char* key) {
    std::vector<Speaker::Mapping> mappings;
    for (Table& row : table.tables(key)) {
        mappings.push_back({static_cast<int>(row.number("cause")), row.text("code"), row.text("source")});
        row.done();
    }
    return mappings;
}

Speaker read_speaker(Table& table, const std::string& id) {
    Speaker speaker;
    speaker.id = id;
    speaker.name = table.text("name");
    speaker.kind = table.token("kind", tokens::speaker_kind);
    speaker.runs_on = table.text_or("runs_on", {});
    for (Table& sign : table.tables("sign")) speaker.signs.push_back(read_sign(sign));
    for (Table& phrase : table.tables("phrase")) speaker.phrases.push_back(read_phrase(phrase));
    speaker.from_q850 = read_mappings(table, "from_q850");
    speaker.to_q850 = read_mappings(table, "to_q850");
    for (Table& row : table.tables("failover")) {
        speaker.failover.push_back({row.token("does", tokens::failover_does), row.texts("codes"), row.text("source")});
        row.done();
    }
    speaker.sources = table.texts("sources");
    if (speaker.sources.empty()) table.problem(table.place(), "'sources' is missing");
    table.done();
    return speaker;
}

}  // namespace

void read_speakers(const std::filesystem::path& repository, Model& model, Problems& problems) {
    const auto situations = repository / "data" / "situations.toml";
    if (std::filesystem::exists(situations))
        if (auto table = open(repository, situations, model, problems)) {
            for (const std::string& id : table->keys())
                if (auto row = table->table(id)) {
                    catalog::Situation situation{id,
                                                 row->token("who", tokens::addressee),
                                                 row->token("retry", tokens::retry),
                                                 row->token("where", tokens::where),
                                                 {}};
                    for (Table& one : row->tables("cases")) {
                        situation.cases.push_back(
                            {one.token("method", facts::registered_methods()), one.texts("codes")});
                        one.done();
                    }
                    row->done();
                    model.situations.push_back({std::move(situation), &table->file()});
                }
            table->done();
        }
    for (const auto& file : toml_files(repository / "data" / "speakers"))
        if (auto table = open(repository, file, model, problems))
            model.speakers.push_back({read_speaker(*table, file.stem().string()), &table->file()});
}

}  // namespace sipdex::compile
