// Another program that uses a database: it holds the lock that SQLite gives it until it is told to let go.
#pragma once
#include <sys/types.h>

#include <filesystem>

namespace sipdex::test {

class OtherProgram {
public:
    enum class Does { writes, reads };
    // Returns once it holds the lock.
    explicit OtherProgram(const std::filesystem::path& database, Does does = Does::writes);
    ~OtherProgram();  // lets go
    OtherProgram(const OtherProgram&) = delete;
    OtherProgram& operator=(const OtherProgram&) = delete;

private:
    pid_t id_ = -1;
    int hold_ = -1;  // it lets go when this end is closed
};

}  // namespace sipdex::test
