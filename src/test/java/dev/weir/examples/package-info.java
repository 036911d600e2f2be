/** Proves that each example of the gallery ({@code examples/}) gives every record the verdict that it promises. */
package dev.weir.examples;
