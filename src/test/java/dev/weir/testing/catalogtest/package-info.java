/**
 * Files of the form {@code *.weir-test.yaml}, which say what must become of events under a catalog: how they are read, and how an outcome
 * is compared with them. The form is described in docs/testing-a-catalog.md.
 */
package dev.weir.testing.catalogtest;
