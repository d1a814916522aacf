// The setter puts a document's blocks in their places, one below the other: the work behind `laid_out`.
//
// It has a pen: `x_` and `y_` where the next thing goes, `room_` the width it may take.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "window/reading/document_layout.h"

namespace sipdex::window {

using document::Document;
using document::Masthead;
using document::Section;
using document::Text;

class Setter {
public:
    Setter(Ui& ui, const Document& document, const PageSetup& setup);
    Laid all();

private:
    struct Grid {
        std::vector<double> x;
        double width = 0;
    };  // columns side by side

    // What is put meanwhile is part of it.
    class In {
    public:
        In(Setter& setter, Part part) : setter_(setter), outer_(setter.part_) {
            part.parent = outer_;
            setter.part_ = setter.laid_.parts.size();
            setter.laid_.parts.push_back(std::move(part));
        }
        ~In() { setter_.part_ = outer_; }
        In(const In&) = delete;
        In& operator=(const In&) = delete;

    private:
        Setter& setter_;
        std::size_t outer_;
    };
    void head_row(const std::vector<Text>& heads,
                  bool corner);  // of a table: only told, for what it says stands elsewhere

    double prose() const;  // the room, but never so wide that lines get long to read
    Grid grid(double from, std::size_t count) const;
    Text worded(const Text& text) const;  // says where a text is not in the reader's language, or outdated

    // Pieces, in document_layout.cpp; the answer and what stands beside the text, in document_answer.cpp. `put` leaves the pen and gives the height; `words` moves it on.
    double put(const Text& text, const typeset::Style& style, Role role, double x, double y, double width);
    void words(const Text& text, Type type, bool bold, Role role, double x, double width);
    void box(const Rect& where, Role role, float opacity, double radius, bool frame, std::size_t before);
    void rule(double x, double y, double width);
    void bullet(double x, double y);
    void copy_button(const std::string& payload, const std::string& id, double right, double y);

    // The head of a page.
    void masthead();
    void mastheads();
    double code_head(const Masthead& head, double x, double y, double width, bool beside);  // gives its end
    bool fits_beside(const Masthead& head, double width) const;  // the phrase beside the code
    double mark_width(int code) const;
    typeset::Style title_style() const;
    typeset::Style phrase_style() const;
    void actions(double right, double y);
    double actions_width() const;
    void summary();

    void glance(const Section& section);  // the answer: a band across the page, or a card where it holds other things
    void band(const document::FactTable& table);
    double verdict(const document::FactTable::Row& row, double x, double y, double width);
    void card(const Section& section);
    void section(const Section& section);
    void sections(double column, double gap);  // all but the answer, in one column or two
    void aside(double x, double top, double width);
    void sticky_head(const std::vector<double>& x, double width);

    // Blocks, in document_blocks.cpp.
    void block(const document::Block& block, const std::string& section);
    void one(const document::Paragraph& paragraph, const std::string& section);
    void one(const document::List& list, const std::string& section);
    void choices(const document::List& list);
    void one(const document::FactTable& table, const std::string& section);
    void one(const document::Columns& block, const std::string& section);
    void one(const document::Ladder& ladder, const std::string& section);
    void one(const document::Message& message, const std::string& section);
    void one(const document::Callout& callout, const std::string& section);
    void one(const document::Tree& tree, const std::string& section);
    void node(const document::Tree& tree, std::size_t at, double x, double room);
    void facts_of_one(const document::FactTable& table);
    void facts_of_several(const document::FactTable& table, const std::string& section);
    void fact_row(const document::FactTable::Row& row, const Grid& columns, Role role, int number);
    void wire_lines(const document::Message& message, double x, double width);

    Ui& ui_;
    const Document& document_;
    const PageSetup& setup_;
    std::vector<Button> actions_;  // of the page, as they fit
    Laid laid_;
    double left_ = 0, width_ = 0;      // of the page
    double x_ = 0, room_ = 0, y_ = 0;  // the pen
    std::size_t part_ = 0;             // what is put is part of
};

}  // namespace sipdex::window
