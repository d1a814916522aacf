#include "paint/json.h"

#include <nlohmann/json.hpp>

#include "language/characters.h"

namespace sipdex::paint {

namespace {

using namespace document;
using Json = nlohmann::ordered_json;

void add_language(Json& to, const Text& text, const Document& document) {
    if (!text.language.empty() && text.language != document.language) to["language"] = text.language;
    if (text.outdated) to["outdated"] = true;
}

Json heads_of(const std::vector<Text>& heads) {
    Json names = Json::array();
    for (const Text& head : heads) names.push_back(words_of(head));
    return names;
}

// One section being written; blocks of one kind are joined in their order.
class SectionWriter {
public:
    SectionWriter(const Section& section, const Document& document) : document_(document) {
        json_ = {{"id", section.id}, {"title", section.title}, {"text", ""}};
        for (const Block& any : section.blocks) std::visit([&](const auto& each) { block(each); }, any);
        json_["text"] = text_;
    }
    Json done() { return std::move(json_); }

private:
    void prose(const Text& text) {
        text_ += (text_.empty() ? "" : "\n\n") + words_of(text);
        add_language(json_, text, document_);
    }
    Json& list(const char* name) {
        if (!json_.contains(name)) json_[name] = Json::array();
        return json_[name];
    }

    void block(const Paragraph& paragraph) { prose(paragraph.text); }
    void block(const Callout& callout) { prose(callout.text); }
    void block(const List& items) {
        for (const Item& item : items.items) {
            Json each = {{"label", words_of(item.label)}, {"text", words_of(item.text)}};
            add_language(each, item.text, document_);
            list("items").push_back(std::move(each));
        }
    }
    void block(const FactTable& table) {
        if (!table.heads.empty()) json_["heads"] = heads_of(table.heads);
        for (const FactTable::Row& row : table.rows)
            list("rows").push_back(
                {{"label", words_of(row.label)}, {"cells", heads_of(row.cells)}, {"differs", row.differs}});
    }
    void block(const Columns& columns) {
        json_["heads"] = heads_of(columns.heads);
        for (const auto& row : columns.rows) {
            Json labels = Json::array(), cells = Json::array();
            for (const Item& item : row) {
                labels.push_back(words_of(item.label));
                cells.push_back(words_of(item.text));
            }
            list("rows").push_back({{"label", ""}, {"cells", cells}, {"labels", labels}});
        }
    }
    void block(const Message& message) {
        list("messages").push_back({{"title", message.title}, {"text", message.octets}, {"marked", message.marked}});
    }
    void block(const Tree& tree) {
        Json nodes = Json::array();
        for (const Tree::Node& node : tree.nodes) {
            Json each = {{"mark", node.mark}, {"text", words_of(node.text)}};
            add_language(each, node.text, document_);
            for (const Tree::Answer& answer : node.answers)
                each["answers"].push_back({{"text", words_of(answer.text)}, {"to", tree.nodes[answer.to].mark}});
            for (const FactTable::Row& row : node.rows)
                each["rows"].push_back({{"label", words_of(row.label)}, {"cells", heads_of(row.cells)}});
            nodes.push_back(std::move(each));
        }
        list("trees").push_back({{"nodes", nodes}});
    }
    void block(const Ladder& ladder) {
        Json parties = Json::array(), rungs = Json::array();
        for (const Party& party : ladder.parties)
            parties.push_back({{"name", party.name}, {"role", party.role}, {"address", party.address}});
        for (const Rung& rung : ladder.rungs) {
            rungs.push_back({{"at_us", rung.untimed ? Json() : Json(rung.at.count())},
                             {"from", rung.from},
                             {"to", rung.to},
                             {"label", rung.label},
                             {"lost", !rung.arrives},
                             {"repeated", rung.repeated}});
            if (rung.differs) rungs.back()["differs"] = true;
            if (rung.proves) rungs.back()["proves"] = true;
            if (rung.number > 0) rungs.back()["number"] = rung.number;
            if (!rung.left_out.empty()) rungs.back()["left_out"] = rung.left_out;
        }
        list("ladders").push_back({{"parties", parties}, {"rungs", rungs}});
    }

    const Document& document_;
    Json json_;
    std::string text_;
};

}  // namespace

Json json_of(const Document& document) {
    Json codes = Json::array(), subjects = Json::array(), sections = Json::array();
    for (const Masthead& masthead : document.mastheads) {
        if (masthead.code) codes.push_back(masthead.code);
        subjects.push_back({{"id", masthead.id},
                            {"code", masthead.code},
                            {"phrase", masthead.phrase},
                            {"gloss", words_of(masthead.gloss)},
                            {"remark", masthead.remark}});
        add_language(subjects.back(), masthead.gloss, document);
    }
    for (const Section* section : in_reading_order(document))
        sections.push_back(SectionWriter(*section, document).done());
    return {{"codes", codes},
            {"title", document.title},
            {"language", document.language},
            {"subjects", subjects},
            {"summary", words_of(document.summary)},
            {"sections", sections},
            {"footer", document.footer}};
}

std::string json(const Document& document, const Options&) { return written(json_of(document)); }

std::string written(const Json& json) {
    return language::escaped_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace sipdex::paint
