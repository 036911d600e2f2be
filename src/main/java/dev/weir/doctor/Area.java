package dev.weir.doctor;

/** The checks of one part of the surroundings. */
public interface Area {
    /** All its checks have been made, in the order in which a person would make them. */
    void examine(Examination examination);
}
