package dev.gatehouse.embedded;

/** How a command that explains something prints it. */
enum ReportFormat {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON
}
