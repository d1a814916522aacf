// Standard error leads nowhere for as long as this lives: for libraries that complain there and cannot be asked not to.
#pragma once
#include <fcntl.h>
#include <unistd.h>

namespace sipdex::typeset {

class Silence {
public:
    Silence() : kept_(fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)) {
        const int nowhere = kept_ < 0 ? -1 : open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (nowhere < 0) return;
        dup2(nowhere, STDERR_FILENO);
        close(nowhere);
    }
    ~Silence() {
        if (kept_ < 0) return;
        dup2(kept_, STDERR_FILENO);
        close(kept_);
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    int kept_;  // -1 where it is closed, and so leads nowhere already
};

}  // namespace sipdex::typeset
