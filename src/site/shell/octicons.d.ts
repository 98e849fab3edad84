/** What we use of Octicons, which has no types of its own. */
declare module '@primer/octicons' {
  interface Drawing {
    readonly heights: Readonly<Record<16, { readonly path: string }>>;
  }
  const octicons: Readonly<
    Record<
      | 'calendar'
      | 'clock'
      | 'people'
      | 'location'
      | 'project'
      | 'tag'
      | 'search'
      | 'three-bars'
      | 'x'
      | 'star'
      | 'star-fill'
      | 'share'
      | 'copy'
      | 'rss'
      | 'sliders'
      | 'person'
      | 'light-bulb'
      | 'history'
      | 'broadcast'
      | 'play'
      | 'sun'
      | 'chevron-right'
      | 'chevron-left'
      | 'list-unordered'
      | 'link-external',
      Drawing
    >
  >;
  export default octicons;
}
