package dev.weir.bench;

import java.util.SplittableRandom;

/** Ranks 1 to n with a probability like rank^-s, s &gt; 0 and not 1: rejection-inversion (W. Hörmann, G. Derflinger, 1996), so no table. */
final class Zipf {
    private final int ranks;
    private final double exponent;
    private final double least;
    private final double greatest;
    private final double shortCut;

    Zipf(int ranks, double exponent) {
        this.ranks = ranks;
        this.exponent = exponent;
        this.least = integral(1.5) - 1;
        this.greatest = integral(ranks + 0.5);
        this.shortCut = 2 - inverse(integral(2.5) - density(2));
    }

    int rank(SplittableRandom random) {
        while (true) {
            double u = greatest + random.nextDouble() * (least - greatest);
            double x = inverse(u);
            int rank = (int) Math.max(1, Math.min(ranks, Math.round(x)));
            if (rank - x <= shortCut || u >= integral(rank + 0.5) - density(rank)) {
                return rank;
            }
        }
    }

    private double density(double x) {
        return Math.pow(x, -exponent);
    }

    private double integral(double x) {
        return (Math.pow(x, 1 - exponent) - 1) / (1 - exponent);
    }

    private double inverse(double y) {
        return Math.pow(1 + y * (1 - exponent), 1 / (1 - exponent));
    }
}
