package dev.gatehouse.config;

import dev.gatehouse.document.ObjectNode;
import dev.gatehouse.document.Place;
import dev.gatehouse.model.LocalSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The local file (product.md section 3), read. Immutable.
 *
 * @param settings what the other rooms need
 * @param poolPlaces where the file names each pool, by pool name as written
 * @param frontendPlaces the same for {@code listen.frontends}
 * @param certificatePlaces the same for {@code certificates}
 * @param trustPlaces the same for {@code trust}
 * @param probePlaces the same for {@code probes}
 * @param modePlaces the same for {@code webSocket.modes}
 * @param unhealthyPlaces the same for {@code webSocket.whenUnhealthy}
 * @param adminPlace where the file has {@code admin.listen}
 * @param parameters ARM parameters, for the evaluation of templates
 * @param scope what {@code resourceGroup()} and its like answer
 * @param references results of {@code reference()}
 */
record LocalFile(
        LocalSettings settings,
        Map<String, Place> poolPlaces,
        Map<String, Place> frontendPlaces,
        Map<String, Place> certificatePlaces,
        Map<String, Place> trustPlaces,
        Map<String, Place> probePlaces,
        Map<String, Place> modePlaces,
        Map<String, Place> unhealthyPlaces,
        Optional<Place> adminPlace,
        Optional<ObjectNode> parameters,
        Optional<ObjectNode> scope,
        Optional<ObjectNode> references) {
    static final LocalFile ABSENT = new LocalFile(
            LocalSettings.DEFAULT,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    LocalFile {
        poolPlaces = new LinkedHashMap<>(poolPlaces);
        frontendPlaces = new LinkedHashMap<>(frontendPlaces);
        certificatePlaces = new LinkedHashMap<>(certificatePlaces);
        trustPlaces = new LinkedHashMap<>(trustPlaces);
        probePlaces = new LinkedHashMap<>(probePlaces);
        modePlaces = new LinkedHashMap<>(modePlaces);
        unhealthyPlaces = new LinkedHashMap<>(unhealthyPlaces);
    }

    /** Where the file has a key of {@code certificates}, given in lower case. */
    Place certificatePlace(String entry) {
        return place(certificatePlaces, entry);
    }

    /** Where the file has a key of {@code trust}, given in lower case. */
    Place trustPlace(String entry) {
        return place(trustPlaces, entry);
    }

    private static Place place(Map<String, Place> places, String entry) {
        return places.entrySet().stream()
                .filter(place -> ObjectNode.fold(place.getKey()).equals(entry))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("entry: " + entry + " (expected: one of the file)"));
    }
}
