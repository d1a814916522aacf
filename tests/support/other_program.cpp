#include "support/other_program.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace sipdex::test {

namespace {

[[noreturn]] void hold(const std::filesystem::path& file, OtherProgram::Does does, int ready, int until) {
    char letter = 'x';
    try {
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE, 10'000);
        database.exec(does == OtherProgram::Does::writes ? "BEGIN EXCLUSIVE" : "BEGIN");
        if (does == OtherProgram::Does::reads) database.execAndGet("SELECT count(*) FROM sqlite_schema");
        if (write(ready, &letter, 1) != 1 || read(until, &letter, 1) != 0) _exit(1);
    } catch (const std::exception&) {
        _exit(1);
    }
    _exit(0);
}

}  // namespace

OtherProgram::OtherProgram(const std::filesystem::path& database, Does does) {
    int ready[2], until[2];
    if (pipe2(ready, O_CLOEXEC) != 0 || pipe2(until, O_CLOEXEC) != 0) throw std::runtime_error("no pipe can be made");
    id_ = fork();
    if (id_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(until[1]);
        hold(database, does, ready[1], until[0]);
    }
    close(ready[1]);
    close(until[0]);
    hold_ = until[1];
    char letter = 0;
    const bool holds = read(ready[0], &letter, 1) == 1;
    close(ready[0]);
    if (!holds) throw std::runtime_error("the other program got no lock on " + database.string());
}

OtherProgram::~OtherProgram() {
    close(hold_);
    waitpid(id_, nullptr, 0);
}

}  // namespace sipdex::test
