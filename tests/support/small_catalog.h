// A repository of a few lines, compiled: tests write the sources that matter to them.
#pragma once
#include <map>
#include <memory>
#include <string>

#include "catalog/catalog.h"
#include "source/problem.h"
#include "support/text.h"

namespace sipdex::test {

// File name → content, on top of a minimal repository that compiles (its VERSION and English messages).
using Sources = std::map<std::string, std::string>;

// Two written responses, 486 and 600, with their pair, a term and French words for 486 only.
Sources busy_sources();

// Writes them into a folder, with the rest of that minimal repository.
void lay_out(const TemporaryFolder& folder, Sources sources);

// What the compiler prints about the sources; empty when they are right.
std::string problems_in(const Sources& sources);

// Compiles and opens; fails the test, printing the problems, when they do not compile.
class SmallCatalog {
public:
    explicit SmallCatalog(const Sources& sources);
    const catalog::Catalog& operator*() const { return *catalog_; }
    const catalog::Catalog* operator->() const { return catalog_.get(); }
    std::filesystem::path file() const { return folder_.path() / "catalog.db"; }

private:
    TemporaryFolder folder_;
    std::unique_ptr<catalog::Catalog> catalog_;
};

}  // namespace sipdex::test
