/** A stylesheet imported as text, as the bundler's `text` loader gives it. */
declare module "*.css" {
  const text: string;
  export default text;
}
