package dev.weir.doctor;

import java.util.List;

/** What {@code doctor} wrote, here or in the manual, without what differs from machine to machine. */
final class DoctorManual {
    private DoctorManual() {}

    /** The lines of checks and the last one, each number as {@code N}; not what tells of a disk, and so not how many lines were well. */
    static List<String> lines(String text) {
        return text.lines()
                .filter(line -> line.matches("(ok|warn|FAIL|skip) +.*|\\d+ ok, .*"))
                .filter(line -> !line.contains("lake space"))
                .map(line -> line.replaceAll("^\\d+ ok, \\d+ ", "").replaceAll("\\d+(\\.\\d+)*", "N"))
                .map(line -> line.replaceAll("ahead of|behind", "beside"))
                .toList();
    }
}
