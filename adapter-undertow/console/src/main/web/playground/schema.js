/**
 * What the JSON Schema of policies says about a place in a document.
 *
 * It answers what may stand there, not whether what stands there is right: that is the answer of the server.
 */
export class Schema {
  #root;
  #start;

  /**
   * @param {object} root the JSON Schema
   * @param {object} [start] the part of it that describes the text; by default all of it
   */
  constructor(root, start = root) {
    this.#root = root;
    this.#start = start;
  }

  /** Returns the keys of the mapping at a place that it does not have yet: `{name, description, required, shape, values}`, in the order of the schema. */
  keys(place) {
    const schemas = this.#at(place);
    const required = new Set(this.#at(place, false).flatMap((schema) => schema.required ?? []));
    const keys = new Map();
    for (const schema of schemas) {
      for (const [name, property] of Object.entries(schema.properties ?? {})) {
        if (!place.keys.has(name) && !keys.has(name)) {
          keys.set(name, {name, required: required.has(name), ...this.#help(property)});
        }
      }
    }
    return [...keys.values()];
  }

  /** Returns the values of which one may stand at a place, as YAML writes them. */
  values(place) {
    return this.#valuesOf(this.#at(place));
  }

  /** Returns the help on the last step of a path, `{description, shape, values}`, or null for what the schema does not know. */
  help(place) {
    const schemas = this.#step(this.#at({...place, path: place.path.slice(0, -1)}), place.path.at(-1));
    return schemas.length ? this.#help(schemas[0]) : null;
  }

  #help(property) {
    const schemas = this.#expand(property, {});
    const values = this.#valuesOf(schemas);
    const is = (type) => schemas.some((schema) => schema.type === type);
    const collections = ['mapping', 'list'].filter((shape, index) => is(['object', 'array'][index]));
    return {
      description: property.description ?? schemas.find((schema) => schema.description)?.description ?? '',
      shape: collections.length === 1 && !is('string') && !values.length ? collections[0] : 'text',
      mappings: schemas.some((schema) => schema.items && this.#expand(schema.items, {}).some((item) => item.type === 'object')),
      values,
      byDefault: property.default ?? schemas.find((schema) => schema.default !== undefined)?.default,
    };
  }

  #valuesOf(schemas) {
    const values = schemas.flatMap((schema) => {
      if (schema.const !== undefined) {
        return [schema.const];
      }
      return schema.enum ?? (schema.type === 'boolean' ? [true, false] : []);
    });
    return [...new Set(values.map(String))];
  }

  /** The schemas of what stands at the path of a place; without alternatives those that hold in any case. */
  #at(place, alternatives = true) {
    let schemas = [this.#start];
    [null, ...place.path].forEach((step, index) => {
      const next = index === 0 ? schemas : this.#step(schemas, step);
      const all = alternatives || index < place.path.length;
      schemas = next.flatMap((schema) => this.#expand(schema, place.scalars[index] ?? {}, all));
    });
    return schemas;
  }

  #step(schemas, step) {
    const steps = schemas.map((schema) => {
      if (typeof step === 'number') {
        return schema.items;
      }
      return schema.properties?.[step] ?? (typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined);
    });
    // What only says that there is a mapping comes after what says of which kind.
    return steps.filter(Boolean).sort((one, other) => Number('$ref' in other) - Number('$ref' in one));
  }

  /** A schema and those that it refers to, that may hold in its place, or that hold with these scalars beside. */
  #expand(schema, scalars, alternatives = true) {
    const parts = [schema.allOf, ...(alternatives ? [schema.anyOf, schema.oneOf] : [])].flatMap((list) => list ?? []);
    if (schema.$ref) {
      parts.push(this.#root.$defs[schema.$ref.replace('#/$defs/', '')]);
    }
    if (schema.then && this.#holds(schema.if, scalars)) {
      parts.push(schema.then);
    }
    return [schema, ...parts.flatMap((part) => this.#expand(part, scalars, alternatives))];
  }

  #holds(condition, scalars) {
    return Object.entries(condition.properties ?? {}).every(
      ([name, value]) => value.const === undefined || scalars[name] === undefined || scalars[name] === value.const,
    );
  }
}
