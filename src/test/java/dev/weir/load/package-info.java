/** Proves that what is slow, away or too loud costs time only: a slow database slows the input, and one device does not slow the fleet. */
package dev.weir.load;
