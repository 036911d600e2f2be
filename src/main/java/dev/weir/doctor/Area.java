package dev.weir.doctor;

/** Groups the checks of one part of the surroundings. */
public interface Area {
    /** Makes all checks, in the order in which a person would make them. */
    void examine(Examination examination);
}
