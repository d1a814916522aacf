// What every kind of block is set with: texts as parts of strips, at the places of the sheet's columns.
#pragma once
#include <string>
#include <vector>

#include "paint/arranger.h"

namespace sipdex::paint {

struct Look {
    double size = 1;  // times the body
    bool bold = false;
    typeset::Face face = typeset::Face::prose;
    bool secondary = false;
    double leading = 1;  // times that of prose; larger sizes need quarters more
    typeset::Align align = typeset::Align::start;
};

namespace look {
inline constexpr Look prose{}, lead{1.2, false, typeset::Face::prose, false, 1.25},
    small{0.87, false, typeset::Face::prose, true}, head{0.87, true, typeset::Face::prose, true},
    title{1.05, true, typeset::Face::prose};
}

class Setting {
public:
    Setting(const document::Document& set, const Options& as, const Typography& in, typeset::Typesetter& by);

    const document::Document& document;
    const Options& options;
    const Typography& type;
    typeset::Typesetter& typesetter;

    // The text in lines of a column; in a right-to-left document columns stand mirrored.
    Part part(const document::Text& text, Column column, const Look& look = {}, const char* tag = nullptr) const;
    // A number or a sign in front of a column, in the gap.
    Part hanging(const std::string& sign, double x, const Look& look = {}, const char* tag = nullptr) const;

    // Moves parts that begin at the top down to where their first lines stand on one line, whatever size or font they have.
    static void level(std::vector<Part>& parts);

    // As high as its parts.
    Strip strip(std::vector<Part> parts, double before, const char* tag = "P") const;

    document::Text shown(const document::Text& text) const;
    // The label, then the text.
    document::Text item(const document::Item& item) const;

    Column main() const { return {type.main_x(), type.main_width()}; }
    Column margin() const { return {0, type.margin}; }
    // Where the subjects of a comparison stand within the main column, however many blocks show them.
    std::vector<Column> subjects(std::size_t count) const;

    double quarters(double count) const { return type.quarter() * count; }
    double gutter() const { return type.density.body * 1.5; }

private:
    std::vector<double> shares_;  // of the main column
};

void arrange_masthead(const Setting& setting, Arranged& to);

// The answer of one response: the verdict large, beside it what to check and what to say. Tables of another form, and on
// paper that is too narrow, are set as any table.
bool arrange_glance(const Setting& setting, const document::FactTable& table, Arranged& to);

}  // namespace sipdex::paint
