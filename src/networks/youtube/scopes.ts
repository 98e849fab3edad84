/** “Manage your YouTube account”: the least that live events, chats and thumbnails take. https://developers.google.com/youtube/v3/live/authentication */
export const youtubeScope = 'https://www.googleapis.com/auth/youtube';
