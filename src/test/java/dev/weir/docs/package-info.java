/**
 * Tests that hold the pages for people to what they say, and the generators of the pages that are made from the code.
 */
package dev.weir.docs;
