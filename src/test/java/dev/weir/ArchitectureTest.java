package dev.weir;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.weir.core.catalog.Ascii;
import dev.weir.core.catalog.Names;
import dev.weir.core.catalog.UnitCodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.avro.JsonProperties;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path TESTS = Path.of("src/test/java");
    private static final JavaClasses MAIN = new ClassFileImporter()
            .importUrl(WeirJob.class.getProtectionDomain().getCodeSource().getLocation());
    private static final JavaClasses ALL = new ClassFileImporter().importPackages("dev.weir");

    @Test
    void theCoreKnowsNeitherFlinkNorKafkaNorJdbcNorYaml() {
        check(
                MAIN,
                noClasses()
                        .that()
                        .resideInAPackage("dev.weir.core..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "org.apache.flink..",
                                "org.apache.kafka..",
                                "org.apache.parquet..",
                                "org.apache.hadoop..",
                                "org.apache.commons..",
                                "org.slf4j..",
                                "java.net..",
                                "java.nio.file..",
                                "java.sql..",
                                "javax.sql..",
                                "org.postgresql..",
                                "com.zaxxer..",
                                "org.flywaydb..",
                                "com.fasterxml.jackson.dataformat.yaml..",
                                "org.yaml.."));
    }

    /** Avro's readers copy what the decoder need not, and may load classes that a schema names. Parquet's give generic records. */
    @Test
    void theJobKnowsOfAvroNothingButSchemas() {
        check(
                MAIN.that(DescribedPredicate.not(JavaClass.Predicates.simpleName("ParquetRows"))),
                noClasses()
                        .should()
                        .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("org.apache.avro..")
                                .and(DescribedPredicate.not(JavaClass.Predicates.assignableTo(Schema.class)
                                        .or(JavaClass.Predicates.belongToAnyOf(
                                                Schema.class, JsonProperties.class, NameValidator.class))))));
    }

    @Test
    void packagesHaveNoCircles() {
        check(MAIN, slices().matching("dev.weir.(*)..").should().beFreeOfCycles());
    }

    @Test
    void packagesWithinPackagesHaveNoCirclesEither() {
        check(MAIN, slices().matching("dev.weir.(**)").should().beFreeOfCycles());
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        assertThat(packages(SOURCES, SOURCES)).isNotEmpty().allMatch(directory -> describes(SOURCES, directory));
    }

    @Test
    void everyPackageOfTestsIsOneOfTheMainSourcesOrSaysWhatItProves() throws IOException {
        assertThat(packages(TESTS, TESTS.resolve("dev")))
                .isNotEmpty()
                .allMatch(directory -> describes(SOURCES, directory) || describes(TESTS, directory));
    }

    @Test
    void theRootPackageIsTheMainClassAlone() {
        check(
                MAIN,
                classes()
                        .that()
                        .resideInAPackage("dev.weir")
                        .and()
                        .doNotHaveSimpleName("package-info")
                        .should()
                        .be(WeirJob.class));
    }

    @Test
    void theRootOfTheTestsHasOnlyWhatJudgesAllSources() {
        check(
                ALL,
                classes()
                        .that()
                        .resideInAPackage("dev.weir")
                        .and()
                        .doNotHaveSimpleName("package-info")
                        .should(ArchCondition.from(JavaClass.Predicates.belongToAnyOf(
                                WeirJob.class, ArchitectureTest.class, SourceLinesTest.class))));
    }

    @Test
    void nothingButTheMainClassKnowsTheCommandLine() {
        check(
                MAIN,
                noClasses()
                        .that()
                        .resideOutsideOfPackages("dev.weir", "dev.weir.cli..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("dev.weir", "dev.weir.cli.."));
    }

    @Test
    void theCoreKnowsNothingOfWeirButItself() {
        check(
                MAIN,
                noClasses()
                        .that()
                        .resideInAPackage("dev.weir.core..")
                        .should()
                        .dependOnClassesThat(weirOutside("dev.weir.core")));
    }

    @Test
    void theCoreHasNoWallClock() {
        check(
                MAIN,
                noClasses()
                        .that()
                        .resideInAPackage("dev.weir.core..")
                        .should()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(System.class, "nanoTime")
                        .orShould()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(Clock.class));
    }

    /** It takes a dotless i for an i. {@link dev.weir.core.catalog.Ascii} does not. */
    @Test
    void nobodyComparesNamesWithJavasIdeaOfCapitals() {
        check(MAIN, noClasses().should().callMethod(String.class, "equalsIgnoreCase", String.class));
    }

    /** Else a mistake in the job's code path could hide in the oracle as well. */
    @Test
    void theOracleKnowsNothingOfTheCoreButItsModels() {
        check(
                ALL,
                noClasses()
                        .that()
                        .resideInAPackage("dev.weir.testing.oracle..")
                        .should()
                        .dependOnClassesThat(judges()));
    }

    /** The oracle's inputs must not be made by what it judges, either. */
    @Test
    void theGeneratorsKnowNothingOfTheCoreButItsModels() {
        check(
                ALL,
                noClasses()
                        .that()
                        .resideInAPackage("dev.weir.testing.generate..")
                        .should()
                        .dependOnClassesThat(judges()));
    }

    @Test
    void sinksDoNotKnowEachOther() {
        check(MAIN, slices().matching("dev.weir.sink.(*)..").should().notDependOnEachOther());
    }

    /** The command line may ask a sink how it is (doctor). */
    @Test
    void onlyTheJobAndTheCommandLineKnowTheSinks() {
        check(
                MAIN,
                noClasses()
                        .that()
                        .resideInAPackage("dev.weir..")
                        .and()
                        .resideOutsideOfPackages("dev.weir.sink..", "dev.weir.job..", "dev.weir.cli..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.weir.sink.."));
    }

    @Test
    void onlyTheConfigurationKnowsYaml() {
        check(
                MAIN,
                noClasses()
                        .that()
                        .resideOutsideOfPackage("dev.weir.config..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("com.fasterxml.jackson.dataformat.yaml..", "org.yaml.."));
    }

    @Test
    void onlyTheCommandLinePrints() {
        check(
                MAIN.that(DescribedPredicate.not(
                        JavaClass.Predicates.resideInAnyPackage("dev.weir.cli..", "dev.weir.demo.."))),
                GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    }

    /** Else a session could be without its time limits, its isolation level and its schema. */
    @Test
    void onlyConnectionsConnectsToTheDatabase() {
        check(
                MAIN,
                noClasses()
                        .that()
                        .doNotHaveFullyQualifiedName("dev.weir.postgres.Connections")
                        .should()
                        .callMethodWhere(target(owner(assignableTo(Driver.class))
                                .or(owner(assignableTo(DriverManager.class)))
                                .or(owner(assignableTo(DataSource.class))))));
    }

    @Test
    void nothingSleeps() {
        check(ALL, noClasses().should().callMethod(Thread.class, "sleep", long.class));
    }

    private static List<Path> packages(Path root, Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> root.relativize(file.getParent()))
                    .distinct()
                    .toList();
        }
    }

    private static boolean describes(Path root, Path directory) {
        return Files.exists(root.resolve(directory).resolve("package-info.java"));
    }

    /** A rule about a package that does not exist yet holds. */
    private static void check(JavaClasses classes, ArchRule rule) {
        rule.allowEmptyShould(true).check(classes);
    }

    /** All that decides, or helps to, how an input is judged. */
    private static DescribedPredicate<JavaClass> judges() {
        return weirOutside(
                        "dev.weir.core.model",
                        "dev.weir.core.catalog",
                        "dev.weir.config",
                        "dev.weir.testing.oracle",
                        "dev.weir.testing.generate")
                .or(JavaClass.Predicates.belongToAnyOf(Ascii.class, Names.class, UnitCodes.class));
    }

    private static DescribedPredicate<JavaClass> weirOutside(String... packages) {
        DescribedPredicate<JavaClass> allowed = DescribedPredicate.alwaysFalse();
        for (String one : packages) {
            allowed = allowed.or(JavaClass.Predicates.resideInAPackage(one + ".."));
        }
        return JavaClass.Predicates.resideInAPackage("dev.weir..")
                .and(DescribedPredicate.not(allowed))
                .as("live in Weir outside of %s", String.join(", ", packages));
    }
}
