/** Tests that hold the pages for people to what they say. */
package dev.weir.docs;
