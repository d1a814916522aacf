// A file system of a few pages, to see what happens when it is full, or may only be read.
#pragma once
#include <filesystem>
#include <string>

#include "support/text.h"

namespace sipdex::test {

// Mounted in a name space that only the test and the programs it starts live in.
class SmallDisk {
public:
    explicit SmallDisk(int kilobytes);
    ~SmallDisk();
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;

    const std::string& missing() const { return missing_; }  // why there is none; empty when there is
    const std::filesystem::path& path() const { return folder_.path(); }

    void fill();   // to the last octet
    void empty();  // of what filled it
    void read_only(bool on);

private:
    TemporaryFolder folder_;
    std::string missing_;
};

}  // namespace sipdex::test
