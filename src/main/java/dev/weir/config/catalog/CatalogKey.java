package dev.weir.config.catalog;

/**
 * One key of the catalog.
 *
 * @param shape what may stand there
 * @param required whether a catalog without it is refused wherever the mapping around it stands
 * @param absent the value that is used if the key is absent, as YAML; empty for none
 * @param example a value, as YAML
 * @param meaning sentences for the reference and for editors; may hold Markdown
 */
public record CatalogKey(String name, Shape shape, boolean required, String absent, String example, String meaning) {

    static CatalogKey required(String name, Shape shape, String example, String meaning) {
        return new CatalogKey(name, shape, true, "", example, meaning);
    }

    static CatalogKey optional(String name, Shape shape, String example, String meaning) {
        return new CatalogKey(name, shape, false, "", example, meaning);
    }

    /** Returns the key with another meaning. */
    CatalogKey meaning(String text) {
        return new CatalogKey(name, shape, required, absent, example, text);
    }

    /** Returns the key with the value that is used if it is absent. */
    CatalogKey absent(String value) {
        return new CatalogKey(name, shape, required, value, example, meaning);
    }
}
